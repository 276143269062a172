/* src/base/exact-math.ts on one future, for the arguments that the way of all lanes leaves out. */
#include <string.h>

#define LN2_HIGH 0.6931471805592082
#define LN2_LOW 7.371002565167799e-13
#define INVERSE_LN2 1.4426950408889634
#define THIRD_HIGH (1.0 / 3)
#define THIRD_LOW 1.850371707708594e-17

static double scale(double y, int k) {
  if (k > 1023) return y * 2 * 0x1p1023;
  if (k < -1021) return y * ldexp(1, k + 1000) * 0x1p-1000;
  return y * ldexp(1, k);
}

static double exp_of_parts(double high, double low) {
  double k = floor(high * INVERSE_LN2 + 0.5);
  double upper = high - k * LN2_HIGH, lower = k * LN2_LOW - low;
  double r = upper - lower, c = upper - r - lower, z = r * r;
  double even = 1.0 / 2 + z * (1.0 / 24 + z * (1.0 / 720 + z * (1.0 / 40320 + z * (1.0 / 3628800 + z * (1.0 / 479001600)))));
  double odd = 1.0 / 6 + z * (1.0 / 120 + z * (1.0 / 5040 + z * (1.0 / 362880 + z * (1.0 / 39916800 + z * (1.0 / 6227020800)))));
  return scale(1 + (r + (z * (even + r * odd) + (c + c * r))), (int)k);
}

static __attribute__((noinline)) double exact_exp(double x) {
  if (x != x) return NAN;
  if (x > 710) return INFINITY;
  if (x < -746) return 0;
  return exp_of_parts(x, 0);
}

static double exact_split(double x, int *k) {
  *k = 0;
  if (x < 0x1p-1022) {
    x *= 0x1p54;
    *k = -54;
  }
  uint64_t bits;
  memcpy(&bits, &x, 8);
  *k += (int)(bits >> 52) - 1023;
  bits = (bits & 0x000fffffffffffffu) | 0x3ff0000000000000u;
  double m;
  memcpy(&m, &bits, 8);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    *k += 1;
  }
  return m;
}

static __attribute__((noinline)) double exact_log(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
  if (x == INFINITY) return x;
  int k;
  double f = exact_split(x, &k) - 1, s = f / (2 + f), z = s * s, w = z * z;
  double first = 2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19))));
  double second = 2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21))));
  double rest = z * (first + z * second), half = 0.5 * f * f;
  return k * LN2_HIGH + (f - (half - (s * (half + rest) + k * LN2_LOW)));
}

static double exact_upper(double a) {
  double spread = a * 134217729.0;
  return spread - (spread - a);
}
static double exact_lost(double a, double b, double p) {
  double ah = exact_upper(a), al = a - ah, bh = exact_upper(b), bl = b - bh;
  return ah * bh - p + ah * bl + al * bh + al * bl;
}

static double power_of_positive(double x, double y) {
  int k;
  double m = exact_split(x, &k), f = m - 1, d = m + 1, d_low = m <= 1 ? m - (d - 1) : 1 - (d - m);
  double s = f / d, s_product = s * d, s_low = (f - s_product - exact_lost(s, d, s_product) - s * d_low) / d;
  double z = s * s, z_low = exact_lost(s, s, z) + 2 * s * s_low, w = z * z;
  double first = 1.0 / 5 + w * (1.0 / 9 + w * (1.0 / 13 + w * (1.0 / 17 + w * (1.0 / 21 + w * (1.0 / 25)))));
  double second = 1.0 / 7 + w * (1.0 / 11 + w * (1.0 / 15 + w * (1.0 / 19 + w * (1.0 / 23))));
  double third = z * THIRD_HIGH, third_low = exact_lost(z, THIRD_HIGH, third) + (z * THIRD_LOW + z_low * THIRD_HIGH);
  double tail = w * (first + z * second) + third_low, u = third + tail, u_low = tail - (u - third);
  double p = s * u, p_low = exact_lost(s, u, p) + (s * u_low + s_low * u);
  double log_m = 2 * s + 2 * p, log_m_low = 2 * p - (log_m - 2 * s) + 2 * (s_low + p_low);
  double shift = k * LN2_HIGH, sum = shift + log_m, sum_low = log_m - (sum - shift) + (log_m_low + k * LN2_LOW);
  double log_x = sum + sum_low, log_low = sum_low - (log_x - sum), high = y * log_x;
  if (high > 710) return INFINITY;
  if (high < -746) return 0;
  return exp_of_parts(high, exact_lost(y, log_x, high) + y * log_low);
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
