/*
 * Eight futures at a time, with the mathematics of src/base/exact-math.ts operation for operation, so that all bits are
 * the engine's: what can be had of a processor for this arithmetic. What is rare is worked out lane by lane.
 */
#include <math.h>
#include <stdint.h>
#ifdef __AVX512DQ__
#include <immintrin.h>
#endif

#define LANES 8
typedef double N __attribute__((vector_size(64)));
typedef uint64_t B __attribute__((vector_size(64)));
typedef int64_t S __attribute__((vector_size(64)));

static uint32_t seed_low, seed_high;

static inline N all(double x) { return (N){x, x, x, x, x, x, x, x}; }
static inline B bits_all(uint64_t x) { return (B){x, x, x, x, x, x, x, x}; }

/* Masks: those of AVX-512 where there are any, else a word of all bits or none in each lane. */
#ifdef __AVX512DQ__
typedef __mmask8 M;
static inline M less(N a, N b) { return _mm512_cmp_pd_mask((__m512d)a, (__m512d)b, _CMP_LT_OQ); }
static inline M less_or_equal(N a, N b) { return _mm512_cmp_pd_mask((__m512d)a, (__m512d)b, _CMP_LE_OQ); }
static inline M equal(N a, N b) { return _mm512_cmp_pd_mask((__m512d)a, (__m512d)b, _CMP_EQ_OQ); }
static inline M unequal(N a, N b) { return _mm512_cmp_pd_mask((__m512d)a, (__m512d)b, _CMP_NEQ_UQ); }
static inline M both(M a, M b) { return a & b; }
static inline M either(M a, M b) { return a | b; }
static inline M not(M a) { return (M)~a; }
static inline N choose(M m, N a, N b) { return (N)_mm512_mask_blend_pd(m, (__m512d)b, (__m512d)a); }
static inline int any(M m) { return m != 0; }
static inline N floor_of(N a) { return (N)_mm512_roundscale_pd((__m512d)a, 0x09); }
static inline N ceiling_of(N a) { return (N)_mm512_roundscale_pd((__m512d)a, 0x0a); }
static inline N nearest_of(N a) { return (N)_mm512_roundscale_pd((__m512d)a, 0x08); }
static inline N root(N a) { return (N)_mm512_sqrt_pd((__m512d)a); }
static inline B product(B a, B b) { return (B)_mm512_mul_epu32((__m512i)a, (__m512i)b); }
static inline N gather(const double *from, S at) { return (N)_mm512_i64gather_pd((__m512i)at, from, 8); }
#else
typedef S M;
static inline M less(N a, N b) { return a < b; }
static inline M less_or_equal(N a, N b) { return a <= b; }
static inline M equal(N a, N b) { return a == b; }
static inline M unequal(N a, N b) { return a != b; }
static inline M both(M a, M b) { return a & b; }
static inline M either(M a, M b) { return a | b; }
static inline M not(M a) { return ~a; }
static inline N choose(M m, N a, N b) { return (N)((m & (M)a) | (~m & (M)b)); }
static inline int any(M m) {
  int64_t found = 0;
  for (int lane = 0; lane < LANES; lane++) found |= m[lane];
  return found != 0;
}
static inline N floor_of(N a) {
  for (int lane = 0; lane < LANES; lane++) a[lane] = floor(a[lane]);
  return a;
}
static inline N ceiling_of(N a) {
  for (int lane = 0; lane < LANES; lane++) a[lane] = ceil(a[lane]);
  return a;
}
static inline N nearest_of(N a) {
  for (int lane = 0; lane < LANES; lane++) a[lane] = nearbyint(a[lane]);
  return a;
}
static inline N root(N a) {
  for (int lane = 0; lane < LANES; lane++) a[lane] = sqrt(a[lane]);
  return a;
}
static inline B product(B a, B b) { return (a & 0xffffffffu) * (b & 0xffffffffu); }
static inline N gather(const double *from, S at) {
  N found;
  for (int lane = 0; lane < LANES; lane++) found[lane] = from[at[lane]];
  return found;
}
#endif

static inline N fetch(const double *from) { return *(const N *)from; }
static inline void put(double *to, N value) { *(N *)to = value; }
static inline int any_bad(N sum) { return any(unequal(sum, sum)); }
static inline N or_bad(N failed, N sum) { return failed + sum * all(0); }
static inline N number(M m) { return choose(m, all(1), all(0)); }
static inline N absolute(N a) { return (N)((B)a & 0x7fffffffffffffffu); }
/* NaN if either is; -0 below 0. */
static inline N minimum(N a, N b) {
  N same = choose(equal(a, b), (N)((B)a | (B)b), a + b);
  return choose(less(a, b), a, choose(less(b, a), b, same));
}
static inline N maximum(N a, N b) {
  N same = choose(equal(a, b), (N)((B)a & (B)b), a + b);
  return choose(less(b, a), a, choose(less(a, b), b, same));
}
static inline N modulo(N a, N b) { return a - b * floor_of(a / b); }

#include "exact.h"

/* The upper 26 digits of a number. */
static inline N cut(N a) { return (N)((B)a & 0xfffffffff8000000u); }

static inline N exp_plain(N high, N low) {
  N at_foot = high * INVERSE_LN2_128 + WHOLE_AT_FOOT, k = at_foot - WHOLE_AT_FOOT;
  B whole = (B)at_foot, row = whole & 127u;
  N r = high - k * LN2_128_HIGH - k * LN2_128_LOW + low, z = r * r;
  N power = (N)((B)gather(exponentials, (S)(row * 2u)) + ((whole - row) << 45));
  N missing = gather(exponentials + 1, (S)(row * 2u));
  N share = r + missing + z * (1.0 / 2 + r * (1.0 / 6) + z * (1.0 / 24 + r * (1.0 / 120)));
  return power + power * share;
}

static inline N exp_of(N x) {
  N result = exp_plain(x, all(0));
  M rare = less(all(600), absolute(x));
  if (__builtin_expect(any(rare), 0))
    for (int lane = 0; lane < LANES; lane++) result[lane] = exact_exp(x[lane]);
  return result;
}

/* The logarithm of a normal x > 0 but for the series of log(1 + r) without r. */
typedef struct { N sum, sum_low, r; } Logarithm;
static inline Logarithm begin(N x) {
  B moved = (B)x + 0x0009700000000000u;
  S row = (S)(((moved >> 45) & 127u) * 3u);
  N k = (N)((moved >> 52) | 0x4330000000000000u) - (0x1p52 + 1023);
  N m = (N)((moved & 0x000fffffffffffffu) + 0x3fe6900000000000u), m_high = cut(m);
  N inverse = gather(logarithms, row);
  N r = m_high * inverse - 1.0 + (m - m_high) * inverse;
  N start = k * LN2_HIGH + gather(logarithms + 1, row), start_low = k * LN2_LOW + gather(logarithms + 2, row);
  N sum = start + r;
  return (Logarithm){sum, start_low + (start - sum + r), r};
}
static inline M is_normal(N x) { return both(less_or_equal(all(0x1p-1022), x), less(x, all(INFINITY))); }

static inline N log_of(N x) {
  Logarithm of = begin(x);
  N r = of.r, z = r * r;
  const double *a = short_series;
  N result = of.sum + (of.sum_low + z * (-0.5 + r * a[0] + z * (a[1] + r * a[2] + z * (a[3] + r * a[4]))));
  if (__builtin_expect(any(not(is_normal(x))), 0))
    for (int lane = 0; lane < LANES; lane++) result[lane] = exact_log(x[lane]);
  return result;
}

static inline N power_of(N x, N y) {
  Logarithm of = begin(x);
  N r = of.r, z = r * r, head = cut(r);
  N square = -0.5 * head * head, square_low = -0.5 * (r - head) * (head + r);
  N log_high = of.sum + square, high_low = of.sum - log_high + square;
  const double *a = long_series;
  N rest = r * z * (a[0] + r * a[1] + z * (a[2] + r * a[3] + z * (a[4] + r * a[5])));
  N log_low = of.sum_low + (square_low + high_low) + rest;
  N y_high = cut(y), upper = cut(log_high + log_low), lower = log_high - upper + log_low;
  N high = y_high * upper, low = (y - y_high) * upper + y * lower;
  N result = exp_plain(high, low);
  M usual = both(both(is_normal(x), less_or_equal(absolute(high), all(600))), unequal(floor_of(y), y));
  if (__builtin_expect(any(not(usual)), 0))
    for (int lane = 0; lane < LANES; lane++) result[lane] = exact_power(x[lane], y[lane]);
  return result;
}

/* The number of rows at or below x leads to the stretch. */
static inline S stretch_of(const double *at, int rows, N x) {
  N count = all(0);
  for (int k = 0; k < rows; k++) count += number(less_or_equal(all(at[k]), x));
  return __builtin_convertvector(count, S) << 2;
}
static inline N lookup(const double *at, const double (*stretches)[4], int rows, N x) {
  const double *lines = &stretches[0][0];
  S line = stretch_of(at, rows, x);
  N from = gather(lines, line), value = gather(lines + 1, line), gain = gather(lines + 2, line);
  N width = gather(lines + 3, line);
  N result = choose(less(width, all(INFINITY)), value + gain * ((x - from) / width), value);
  return choose(unequal(x, x), x, result);
}
static inline N lookup_held(const double *at, const double (*stretches)[4], int rows, N x) {
  return choose(unequal(x, x), x, gather(&stretches[0][0] + 1, stretch_of(at, rows, x)));
}

static inline N recall(const N *kept, int instant, N ago, N early) {
  N result;
  for (int lane = 0; lane < LANES; lane++) {
    double place = instant - ago[lane];
    if (!(place > -1)) {
      result[lane] = place != place ? place : early[lane];
      continue;
    }
    double left = floor(place), part = place - left;
    double from = left < 0 ? early[lane] : kept[(int)left][lane];
    result[lane] = part == 0 ? from : from + (kept[(int)left + 1][lane] - from) * part;
  }
  return result;
}

/* Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405); words in the lower halves of 64 bits. */
static inline N uniform(long future, N occurrence, uint32_t site) {
  const B low = bits_all(0xffffffffu);
  B c0 = bits_all((uint64_t)future) + (B){0, 1, 2, 3, 4, 5, 6, 7}, c1 = (B)(occurrence + 6755399441055744.0) & low;
  B c2 = bits_all(site), c3 = bits_all(PURPOSE);
  uint32_t k0 = seed_low, k1 = seed_high;
  for (int round = 0; round < 10; round++) {
    B second = product(c2, bits_all(0xcd9e8d57u)), first = product(c0, bits_all(0xd2511f53u));
    c0 = (second >> 32) ^ c1 ^ bits_all(k0);
    c2 = (first >> 32) ^ c3 ^ bits_all(k1);
    c1 = second & low;
    c3 = first & low;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  N k = __builtin_convertvector(((c0 << 32) | c1) >> 11, N);
  N u = (k + 0.5) * 0x1p-53;
  return choose(less(u, all(1 - 0x1p-53)), u, all(1 - 0x1p-53));
}

#include "quantile.h"
static inline N polynomial(N r, const double a[8]) {
  N sum = all(a[0]);
  for (int k = 1; k < 8; k++) sum = sum * r + a[k];
  return sum;
}

static inline N normal_quantile(N u) {
  N q = u - 0.5, square = 0.180625 - q * q;
  N result = q * polynomial(square, centre_top) / polynomial(square, centre_bottom);
  M central = less_or_equal(absolute(q), all(0.425));
  if (any(not(central))) {
    N tail = root(-log_of(choose(less(q, all(0)), u, 1.0 - u)));
    N r = tail - 1.6, size = polynomial(r, tail_top) / polynomial(r, tail_bottom);
    M near = less_or_equal(tail, all(5));
    if (__builtin_expect(any(not(near)), 0)) {
      N far = tail - 5.0;
      size = choose(near, size, polynomial(far, far_top) / polynomial(far, far_bottom));
    }
    result = choose(central, result, choose(less(q, all(0)), -size, size));
  }
  return result;
}
