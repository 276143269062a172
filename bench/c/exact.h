/* src/base/exact-math.ts on one future, for the arguments that the way of all lanes leaves out. */
#include <string.h>

#define LN2_HIGH 0.6931471805592082
#define LN2_LOW 7.371002565167799e-13
#define LN2_128_HIGH 0.0054152123482253955
#define LN2_128_LOW -1.0082281460997769e-13
#define INVERSE_LN2_128 184.6649652337873
#define WHOLE_AT_FOOT 0x1.8p52

static double scale(double y, int k) {
  if (k > 1023) return y * 2 * 0x1p1023;
  if (k < -1021) return y * ldexp(1, k + 1000) * 0x1p-1000;
  return y * ldexp(1, k);
}

static double exp_of_parts(double high, double low) {
  double k = high * INVERSE_LN2_128 + WHOLE_AT_FOOT - WHOLE_AT_FOOT;
  double r = high - k * LN2_128_HIGH - k * LN2_128_LOW + low, z = r * r;
  int q = (int)floor(k / 128), row = 2 * ((int)k - 128 * q);
  double power = exponentials[row];
  double share = r + exponentials[row + 1] + z * (1.0 / 2 + r * (1.0 / 6) + z * (1.0 / 24 + r * (1.0 / 120)));
  return scale(power + power * share, q);
}

static __attribute__((noinline)) double exact_exp(double x) {
  if (x != x) return NAN;
  if (x > 710) return INFINITY;
  if (x < -746) return 0;
  return exp_of_parts(x, 0);
}

static double exact_cut(double a) {
  uint64_t bits;
  memcpy(&bits, &a, 8);
  bits &= 0xfffffffff8000000u;
  memcpy(&a, &bits, 8);
  return a;
}

typedef struct { double sum, sum_low, r; } ExactLogarithm;
static ExactLogarithm exact_begin(double x) {
  int k = 0;
  if (x < 0x1p-1022) {
    x *= 0x1p54;
    k = -54;
  }
  uint64_t bits;
  memcpy(&bits, &x, 8);
  bits += 0x0009700000000000u;
  k += (int)(bits >> 52) - 1023;
  const double *row = logarithms + 3 * ((bits >> 45) & 127);
  bits = (bits & 0x000fffffffffffffu) + 0x3fe6900000000000u;
  double m;
  memcpy(&m, &bits, 8);
  double m_high = exact_cut(m), r = m_high * row[0] - 1 + (m - m_high) * row[0];
  double start = k * LN2_HIGH + row[1], start_low = k * LN2_LOW + row[2], sum = start + r;
  return (ExactLogarithm){sum, start_low + (start - sum + r), r};
}

static __attribute__((noinline)) double exact_log(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
  if (x == INFINITY) return x;
  ExactLogarithm of = exact_begin(x);
  double r = of.r, z = r * r;
  const double *a = short_series;
  return of.sum + (of.sum_low + z * (-0.5 + r * a[0] + z * (a[1] + r * a[2] + z * (a[3] + r * a[4]))));
}

static double power_of_positive(double x, double y) {
  ExactLogarithm of = exact_begin(x);
  double r = of.r, z = r * r, head = exact_cut(r);
  double square = -0.5 * head * head, square_low = -0.5 * (r - head) * (head + r);
  double log_high = of.sum + square, high_low = of.sum - log_high + square;
  const double *a = long_series;
  double rest = r * z * (a[0] + r * a[1] + z * (a[2] + r * a[3] + z * (a[4] + r * a[5])));
  double log_low = of.sum_low + (square_low + high_low) + rest;
  double y_high = exact_cut(y), upper = exact_cut(log_high + log_low), lower = log_high - upper + log_low;
  double high = y_high * upper;
  if (high > 710) return INFINITY;
  if (high < -746) return 0;
  return exp_of_parts(high, (y - y_high) * upper + y * lower);
}

static double power_by_products(double x, int n) {
  double square = x;
  for (; (n & 1) == 0; n >>= 1) square *= square;
  double result = square;
  for (n >>= 1; n > 0; n >>= 1) {
    square *= square;
    if (n & 1) result *= square;
  }
  return result;
}

static __attribute__((noinline)) double exact_power(double x, double y) {
  if (y == 0) return 1;
  if (x != x || y != y) return NAN;
  double size = fabs(x);
  if (isinf(y)) return size == 1 ? NAN : (size > 1) == (y > 0) ? INFINITY : 0;
  int whole = floor(y) == y;
  if (whole && fabs(y) <= 16) return y > 0 ? power_by_products(x, (int)y) : 1 / power_by_products(x, (int)-y);
  if (x < 0 && !whole && !isinf(size)) return NAN;
  int negative = signbit(x) && whole && floor(y / 2) * 2 != y;
  double result = size == 1 ? 1
                : size == 0 || isinf(size) ? ((size == 0) == (y > 0) ? 0 : INFINITY)
                                           : power_of_positive(size, y);
  return negative ? -result : result;
}
