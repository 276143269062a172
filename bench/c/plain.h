/* One future at a time, with the mathematics of the C library: what a careful programmer would write. */
#include <math.h>
#include <stdint.h>

#define LANES 1
typedef double N;

static uint32_t seed_low, seed_high;

static inline N fetch(const double *from) { return *from; }
static inline void put(double *to, N value) { *to = value; }
static inline int any_bad(N sum) { return sum != 0; }
static inline N or_bad(N failed, N sum) { return failed + sum * 0; }

static inline N minimum(N a, N b) { return a < b ? a : b; }
static inline N maximum(N a, N b) { return a > b ? a : b; }
static inline N modulo(N a, N b) { return a - b * floor(a / b); }

static inline N lookup(const double *at, const double (*stretches)[4], int rows, N x) {
  int row = 0;
  for (int k = 0; k < rows; k++) row += at[k] <= x;
  const double *s = stretches[row];
  if (x != x) return x;
  return s[3] < INFINITY ? s[1] + s[2] * ((x - s[0]) / s[3]) : s[1];
}

static inline N lookup_held(const double *at, const double (*stretches)[4], int rows, N x) {
  int row = 0;
  for (int k = 0; k < rows; k++) row += at[k] <= x;
  return x != x ? x : stretches[row][1];
}

static inline N recall(const N *kept, int instant, N ago, N early) {
  double place = instant - ago;
  if (!(place > -1)) return place != place ? place : early;
  double left = floor(place), part = place - left;
  double from = left < 0 ? early : kept[(int)left];
  return part == 0 ? from : from + (kept[(int)left + 1] - from) * part;
}

/* Philox4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405). */
static inline N uniform(long future, N occurrence, uint32_t site) {
  uint32_t c0 = (uint32_t)future, c1 = (uint32_t)occurrence, c2 = site, c3 = PURPOSE, k0 = seed_low, k1 = seed_high;
  for (int round = 0; round < 10; round++) {
    uint64_t second = (uint64_t)0xcd9e8d57u * c2, first = (uint64_t)0xd2511f53u * c0;
    c0 = (uint32_t)(second >> 32) ^ c1 ^ k0;
    c2 = (uint32_t)(first >> 32) ^ c3 ^ k1;
    c1 = (uint32_t)second;
    c3 = (uint32_t)first;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  double k = (double)((((uint64_t)c0 << 32) | c1) >> 11);
  double u = (k + 0.5) * 0x1p-53;
  return u < 1 - 0x1p-53 ? u : 1 - 0x1p-53;
}

#define RATIO(r, a, b) \
  (((((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * r + a[6]) * r + a[7]) / \
  (((((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + b[5]) * r + b[6]) * r + b[7])
#include "quantile.h"

static inline N normal_quantile(N u) {
  double q = u - 0.5;
  if (fabs(q) <= 0.425) {
    double r = 0.180625 - q * q;
    return q * (RATIO(r, centre_top, centre_bottom));
  }
  double tail = sqrt(-log(q < 0 ? u : 1 - u));
  double r = tail - (tail <= 5 ? 1.6 : 5);
  double size = tail <= 5 ? RATIO(r, tail_top, tail_bottom) : RATIO(r, far_top, far_bottom);
  return q < 0 ? -size : size;
}
