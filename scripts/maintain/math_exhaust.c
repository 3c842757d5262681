/*
 * The witness for the elementary functions: correctly rounded float32 results, independent of core/math.
 *
 *   math_exhaust expect FUNCTION FIRST COUNT STRIDE
 *     Writes the bits of the result for COUNT inputs, whose bits are FIRST, FIRST + STRIDE, ... modulo 2^32, as uint32
 *     in this machine's byte order. NaN is written as 0x7fc00000. On standard error: how many inputs MPFR decided.
 *   math_exhaust pairs FUNCTION COUNT STRIDE
 *     The same for pow and atan2, on the pairs of index 0, STRIDE, 2 STRIDE, ...; math_pairs.ts says which they are.
 *   math_exhaust hard FUNCTION COUNT
 *     Writes the COUNT inputs of all 2^32 whose exact results lie nearest to the midpoint of two float32 values, as
 *     lines "input expected distance" (hex, hex, units in the last place of the result), nearest first.
 *   math_exhaust hardpairs FUNCTION COUNT
 *     The same for the pairs of pow and atan2, without exact ties and subnormal results: lines "first second expected distance".
 *   math_exhaust selfcheck FUNCTION COUNT
 *     Compares the double-precision values with MPFR on COUNT inputs and prints the largest relative error.
 *
 * A value from the C library in double precision is accepted where both ends of a conservative error interval round to
 * the same float32; MPFR decides all others. Build, on x86-64 with AVX2:
 * gcc -O2 -mavx2 math_exhaust.c -o math_exhaust -lmvec -lmpfr -lgmp -lm
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A tiny atan2(y, x) is below y/x by a part of 2^-314 only. */
enum { BITS = 256, PAIR_BITS = 1024, BLOCK = 1 << 16 };

/* Four doubles at a time: the C library's vector functions (glibc's libmvec, within 4 units in the last place). */
typedef double Four __attribute__((vector_size(32)));

typedef struct {
  const char *name;
  double (*value)(double);
  Four (*values)(Four); /* the same, faster; its error must stay within the same bound */
  void (*exact)(mpfr_t y, mpfr_t x);
  int half; /* 1 where negative inputs mirror the positive ones or have no result: hard leaves them out */
} Function;

/* Bound of the relative error of value and values, 2^-48: at least twice what the C library promises. */
static const double ERROR = 0x1p-48;

#define LIBRARY(name)             \
  extern Four _ZGVdN4v_##name(Four); \
  static void exact_##name(mpfr_t y, mpfr_t x) { mpfr_##name(y, x, MPFR_RNDN); }
LIBRARY(exp) LIBRARY(expm1) LIBRARY(log) LIBRARY(log1p) LIBRARY(sin) LIBRARY(cos) LIBRARY(tan) LIBRARY(asin)
LIBRARY(acos) LIBRARY(atan) LIBRARY(sinh) LIBRARY(cosh) LIBRARY(tanh) LIBRARY(asinh) LIBRARY(acosh) LIBRARY(atanh)
LIBRARY(erf) LIBRARY(erfc)

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }
static Four sigmoids(Four x) { return 1 / (1 + _ZGVdN4v_exp(-x)); }
static void exact_sigmoid(mpfr_t y, mpfr_t x) {
  mpfr_neg(y, x, MPFR_RNDN);
  mpfr_exp(y, y, MPFR_RNDN);
  mpfr_add_ui(y, y, 1, MPFR_RNDN);
  mpfr_ui_div(y, 1, y, MPFR_RNDN);
}

typedef int64_t Mask __attribute__((vector_size(32)));
static Four absolute(Four x) { return (Four)((Mask)x & INT64_MAX); }
static Four positive(Four x) { return (Four)((Mask)x & (x > 0)); }

static double softplus(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }
static Four softpluses(Four x) { return positive(x) + _ZGVdN4v_log1p(_ZGVdN4v_exp(-absolute(x))); }
static void exact_softplus(mpfr_t y, mpfr_t x) {
  mpfr_exp(y, x, MPFR_RNDN);
  mpfr_log1p(y, y, MPFR_RNDN);
}

static double log_sigmoid(double x) { return -softplus(-x); }
static Four log_sigmoids(Four x) { return -softpluses(-x); }
static void exact_log_sigmoid(mpfr_t y, mpfr_t x) {
  mpfr_neg(y, x, MPFR_RNDN);
  exact_softplus(y, y);
  mpfr_neg(y, y, MPFR_RNDN);
}

static double rsqrt(double x) { return 1 / sqrt(x); }
static Four rsqrts(Four x) { return (Four){rsqrt(x[0]), rsqrt(x[1]), rsqrt(x[2]), rsqrt(x[3])}; }
static void exact_rsqrt(mpfr_t y, mpfr_t x) { mpfr_rec_sqrt(y, x, MPFR_RNDN); }

#define ROW(name, half) {#name, name, _ZGVdN4v_##name, exact_##name, half}
static const Function FUNCTIONS[] = {
    ROW(exp, 0),   ROW(expm1, 0), ROW(log, 1),   ROW(log1p, 0), ROW(sin, 1),   ROW(cos, 1),
    ROW(tan, 1),   ROW(asin, 1),  ROW(acos, 0),  ROW(atan, 1),  ROW(sinh, 1),  ROW(cosh, 1),
    ROW(tanh, 1),  ROW(asinh, 1), ROW(acosh, 1), ROW(atanh, 1), ROW(erf, 1),   ROW(erfc, 0),
    {"sigmoid", sigmoid, sigmoids, exact_sigmoid, 0},
    {"softplus", softplus, softpluses, exact_softplus, 0},
    {"logSigmoid", log_sigmoid, log_sigmoids, exact_log_sigmoid, 0},
    {"rsqrt", rsqrt, rsqrts, exact_rsqrt, 1},
};

static float from_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static uint32_t to_bits(float x) {
  uint32_t bits;
  if (x != x) return 0x7fc00000u;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static mpfr_t exact_x, exact_y, exact_end;

static void evaluate(const Function *f, float x) {
  mpfr_set_flt(exact_x, x, MPFR_RNDN);
  f->exact(exact_y, exact_x);
}

/* Rounds exact_y, MPFR's value at x, once; its own error must not matter, else the program stops. */
static float round_regular(const char *name, float x) {
  float nearest = mpfr_get_flt(exact_y, MPFR_RNDN);
  if (!mpfr_regular_p(exact_y)) return nearest;
  for (int side = -1; side <= 1; side += 2) {
    mpfr_set_si_2exp(exact_end, side, 8 - mpfr_get_prec(exact_y), MPFR_RNDN);
    mpfr_add_ui(exact_end, exact_end, 1, MPFR_RNDN);
    mpfr_mul(exact_end, exact_end, exact_y, MPFR_RNDN);
    if (mpfr_get_flt(exact_end, MPFR_RNDN) != nearest) {
      fprintf(stderr, "Cannot round %s(%a): %ld bits do not decide\n", name, x, mpfr_get_prec(exact_y));
      exit(1);
    }
  }
  return nearest;
}

static float round_exact(const Function *f, float x) {
  evaluate(f, x);
  return round_regular(f->name, x);
}

static float round_value(const Function *f, float x, double y, uint64_t *decided_by_mpfr) {
  if (x == 0) return (float)f->value(x); /* exact, with the sign that Annex F gives a zero */
  float low = (float)(y * (1 - ERROR)), high = (float)(y * (1 + ERROR));
  if (low == high || y != y) return low;
  ++*decided_by_mpfr;
  return round_exact(f, x);
}

static int expect(const Function *f, uint32_t first, uint64_t count, uint32_t stride) {
  static uint32_t block[BLOCK];
  uint64_t decided_by_mpfr = 0;
  uint32_t bits = first;
  fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 1 << 20); /* so that the reader need not wait; fails on a file */
  for (uint64_t done = 0; done < count;) {
    size_t n = 0;
    while (n < BLOCK && done < count) {
      float x[4];
      for (int j = 0; j < 4; j++, bits += stride) x[j] = from_bits(bits);
      Four y = f->values((Four){x[0], x[1], x[2], x[3]});
      for (int j = 0; j < 4 && done < count; j++, done++) {
        block[n++] = to_bits(round_value(f, x[j], y[j], &decided_by_mpfr));
      }
    }
    if (fwrite(block, sizeof *block, n, stdout) != n) return 1;
  }
  fprintf(stderr, "%llu decided by MPFR %s\n", (unsigned long long)decided_by_mpfr, mpfr_get_version());
  return fflush(stdout) != 0;
}

typedef struct {
  const char *name;
  double (*value)(double, double);
  int (*exact)(mpfr_t z, const mpfr_t x, const mpfr_t y, mpfr_rnd_t rounding);
} PairFunction;

static const PairFunction PAIR_FUNCTIONS[] = {{"pow", pow, mpfr_pow}, {"atan2", atan2, mpfr_atan2}};

static uint32_t mix(uint32_t h) {
  h = (h ^ h >> 16) * 0x85ebca6bu;
  h = (h ^ h >> 13) * 0xc2b2ae35u;
  return h ^ h >> 16;
}

static void pair_at(uint32_t index, float *x, float *y) {
  uint32_t a = mix(2 * index + 1), b = mix(2 * index + 2), sign = b << 31;
  switch (index & 7) {
  case 0:
  case 1:
    *x = from_bits(a), *y = from_bits(b);
    break;
  case 2:
  case 3:
    *x = from_bits(0x3b800000u + (a >> 5)), *y = from_bits((0x3e000000u + (b >> 6)) | sign);
    break;
  case 4:
  case 5:
    *x = (float)(a & 0xffff) / (float)(1 << ((a >> 16) & 7)) * (a >> 31 ? -1 : 1);
    *y = ((float)(b & 127) - 64) / (float)(1 << ((b >> 7) & 3));
    break;
  case 6:
    *x = from_bits(0x3f800000u + (a & 0xffff) - 0x8000), *y = from_bits((0x44800000u + (b >> 5)) | sign);
    break;
  default:
    *x = from_bits((a & 0x00ffffff) | sign), *y = (float)(a >> 24) + 1;
  }
}

static float round_pair(const PairFunction *f, float x, float y, uint64_t *decided_by_mpfr) {
  double z = f->value(x, y);
  float low = (float)(z * (1 - ERROR)), high = (float)(z * (1 + ERROR));
  if (low == high || z != z) return low;
  ++*decided_by_mpfr;
  mpfr_set_flt(exact_x, x, MPFR_RNDN);
  mpfr_set_flt(exact_end, y, MPFR_RNDN);
  int inexact = f->exact(exact_y, exact_x, exact_end, MPFR_RNDN);
  return inexact ? round_regular(f->name, x) : mpfr_get_flt(exact_y, MPFR_RNDN);
}

static int pairs(const PairFunction *f, uint64_t count, uint32_t stride) {
  static uint32_t block[BLOCK];
  uint64_t decided_by_mpfr = 0;
  uint32_t index = 0;
  fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 1 << 20);
  for (uint64_t done = 0; done < count;) {
    size_t n = 0;
    for (; n < BLOCK && done < count; n++, done++, index += stride) {
      float x, y;
      pair_at(index, &x, &y);
      block[n] = to_bits(round_pair(f, x, y, &decided_by_mpfr));
    }
    if (fwrite(block, sizeof *block, n, stdout) != n) return 1;
  }
  fprintf(stderr, "%llu decided by MPFR %s\n", (unsigned long long)decided_by_mpfr, mpfr_get_version());
  return fflush(stdout) != 0;
}

typedef struct {
  double distance;
  uint32_t bits;
} Hard;

static int by_distance(const void *a, const void *b) {
  const Hard *p = a, *q = b;
  if (p->distance != q->distance) return p->distance < q->distance ? -1 : 1;
  return (p->bits > q->bits) - (p->bits < q->bits);
}

/* The unit in the last place of a result: the spacing of float32 values at y. */
static double unit_at(double y) {
  int exponent;
  frexp(y, &exponent);
  return ldexp(1, exponent - 24 < -149 ? -149 : exponent - 24);
}

/* Distance of a finite result from the nearest midpoint, in units in the last place; 1 where there is none. */
static double midpoint_distance(double y) {
  y = fabs(y);
  if (!(y > 0x1p-151 && y < 0x1p128)) return 1;
  double steps = y / unit_at(y);
  return fabs(steps - floor(steps) - 0.5);
}

static double distance_of_exact(void) {
  double unit = unit_at(mpfr_get_d(exact_y, MPFR_RNDN));
  mpfr_div_d(exact_end, exact_y, unit, MPFR_RNDN);
  mpfr_abs(exact_end, exact_end, MPFR_RNDN);
  mpfr_frac(exact_end, exact_end, MPFR_RNDN);
  mpfr_sub_d(exact_end, exact_end, 0.5, MPFR_RNDN);
  return fabs(mpfr_get_d(exact_end, MPFR_RNDN));
}

static double exact_distance(const Function *f, float x) {
  evaluate(f, x);
  return distance_of_exact();
}

/* Inputs for which the ends of a wider error interval round alike are no candidates. */
static const double WIDE = 0x1p-39;

static int hard(const Function *f, size_t count) {
  size_t capacity = 1 << 22, n = 0;
  Hard *list = malloc(capacity * sizeof *list);
  if (!list) return 1;
  for (uint64_t i = 0; i <= (f->half ? 0x7fffffffu : 0xffffffffu); i += 4) {
    float x[4];
    for (int j = 0; j < 4; j++) x[j] = from_bits((uint32_t)i + j);
    Four y = f->values((Four){x[0], x[1], x[2], x[3]});
    for (int j = 0; j < 4; j++) {
      if ((float)(y[j] * (1 - WIDE)) == (float)(y[j] * (1 + WIDE)) || y[j] != y[j]) continue;
      double distance = midpoint_distance(f->value(x[j]));
      if (distance < 1 && n < capacity) list[n++] = (Hard){distance, (uint32_t)i + j};
    }
  }
  if (n == capacity) {
    fprintf(stderr, "Cannot list the hard inputs of %s: more than %zu candidates\n", f->name, capacity);
    return 1;
  }
  qsort(list, n, sizeof *list, by_distance);
  if (n > 16 * count) n = 16 * count;
  for (size_t j = 0; j < n; j++) list[j].distance = exact_distance(f, from_bits(list[j].bits));
  qsort(list, n, sizeof *list, by_distance);
  for (size_t j = 0; j < n && j < count; j++) {
    float expected = round_exact(f, from_bits(list[j].bits));
    printf("%08x %08x %.17g\n", list[j].bits, to_bits(expected), list[j].distance);
  }
  fprintf(stderr, "MPFR %s\n", mpfr_get_version());
  return 0;
}

static int hard_pairs(const PairFunction *f, size_t count) {
  size_t capacity = 1 << 22, n = 0;
  Hard *list = malloc(capacity * sizeof *list);
  if (!list) return 1;
  float x, y;
  for (uint32_t index = 0; index < 1u << 27; index++) {
    pair_at(index, &x, &y);
    double z = f->value(x, y);
    double distance = midpoint_distance(z);
    if (distance >= 0x1p-16 || fabs(z) < 0x1p-126 || n == capacity) continue;
    mpfr_set_flt(exact_x, x, MPFR_RNDN);
    mpfr_set_flt(exact_end, y, MPFR_RNDN);
    if (!f->exact(exact_y, exact_x, exact_end, MPFR_RNDN)) continue;
    list[n++] = (Hard){distance_of_exact(), index};
  }
  qsort(list, n, sizeof *list, by_distance);
  for (size_t j = 0; j < n && j < count; j++) {
    uint64_t decided = 0;
    pair_at(list[j].bits, &x, &y);
    uint32_t expected = to_bits(round_pair(f, x, y, &decided));
    printf("%08x %08x %08x %.17g\n", to_bits(x), to_bits(y), expected, list[j].distance);
  }
  fprintf(stderr, "MPFR %s\n", mpfr_get_version());
  return n == capacity;
}

static int selfcheck(const Function *f, uint64_t count) {
  double worst = 0;
  float worst_x = 0;
  uint32_t bits = 1;
  for (uint64_t i = 0; i < count; i++) {
    bits = bits * 2891336453u + 1;
    float x = from_bits(bits);
    double values[] = {f->value(x), f->values((Four){x, x, x, x})[i & 3]};
    for (int j = 0; j < 2; j++) {
      double size = fabs(values[j]);
      if (!(size > 0x1p-152 && size < 0x1p129)) continue;
      evaluate(f, x);
      mpfr_d_sub(exact_end, values[j], exact_y, MPFR_RNDN);
      mpfr_div(exact_end, exact_end, exact_y, MPFR_RNDN);
      double error = fabs(mpfr_get_d(exact_end, MPFR_RNDN));
      if (error > worst) worst = error, worst_x = x;
    }
  }
  printf("%s: relative error at most %.3g * 2^-52 (at %a), allowed %.3g * 2^-52\n", f->name, worst * 0x1p52, worst_x,
         ERROR * 0x1p52);
  return worst * 2 > ERROR;
}

int main(int argc, char **argv) {
  mpfr_inits2(BITS, exact_x, exact_y, exact_end, (mpfr_ptr)0);
  for (size_t i = 0; argc > 3 && i < sizeof PAIR_FUNCTIONS / sizeof *PAIR_FUNCTIONS; i++) {
    const PairFunction *f = &PAIR_FUNCTIONS[i];
    if (strcmp(argv[2], f->name) != 0) continue;
    mpfr_set_prec(exact_x, PAIR_BITS);
    mpfr_set_prec(exact_y, PAIR_BITS);
    mpfr_set_prec(exact_end, PAIR_BITS);
    uint64_t count = strtoull(argv[3], 0, 0);
    if (strcmp(argv[1], "pairs") == 0 && argc == 5) return pairs(f, count, (uint32_t)strtoul(argv[4], 0, 0));
    if (strcmp(argv[1], "hardpairs") == 0 && argc == 4) return hard_pairs(f, count);
  }
  for (size_t i = 0; argc > 3 && i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++) {
    const Function *f = &FUNCTIONS[i];
    if (strcmp(argv[2], f->name) != 0) continue;
    if (strcmp(argv[1], "expect") == 0 && argc == 6) {
      return expect(f, (uint32_t)strtoul(argv[3], 0, 0), strtoull(argv[4], 0, 0), (uint32_t)strtoul(argv[5], 0, 0));
    }
    if (strcmp(argv[1], "hard") == 0 && argc == 4) return hard(f, strtoull(argv[3], 0, 0));
    if (strcmp(argv[1], "selfcheck") == 0 && argc == 4) return selfcheck(f, strtoull(argv[3], 0, 0));
  }
  fprintf(stderr, "Cannot run: expected expect FUNCTION FIRST COUNT STRIDE, pairs FUNCTION COUNT STRIDE, hard FUNCTION COUNT or selfcheck FUNCTION COUNT\n");
  return 2;
}
