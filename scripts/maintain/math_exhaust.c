/*
 * The witness for the elementary functions: correctly rounded float32 results, independent of core/math.
 *
 *   math_exhaust expect FUNCTION FIRST COUNT STRIDE
 *     Writes the bits of the result for COUNT inputs, whose bits are FIRST, FIRST + STRIDE, ... modulo 2^32, as uint32
 *     in this machine's byte order. NaN is written as 0x7fc00000. On standard error: how many inputs MPFR decided.
 *   math_exhaust hard FUNCTION COUNT
 *     Writes the COUNT inputs of all 2^32 whose exact results lie nearest to the midpoint of two float32 values, as
 *     lines "input expected distance" (hex, hex, units in the last place of the result), nearest first.
 *   math_exhaust selfcheck FUNCTION COUNT
 *     Compares the double-precision value with MPFR on COUNT inputs and prints the largest relative error.
 *
 * A value from the C library in double precision is accepted where both ends of a conservative error interval round to
 * the same float32; MPFR decides all others. Build: gcc -O2 math_exhaust.c -o math_exhaust -lmpfr -lgmp -lm
 */
#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BITS = 256, BLOCK = 1 << 16 };

typedef struct {
  const char *name;
  double (*value)(double);
  double error; /* bound of the relative error of value: at least twice what the C library promises */
  void (*exact)(mpfr_t y, mpfr_t x);
} Function;

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

static void exact_exp(mpfr_t y, mpfr_t x) { mpfr_exp(y, x, MPFR_RNDN); }

static void exact_sigmoid(mpfr_t y, mpfr_t x) {
  mpfr_neg(y, x, MPFR_RNDN);
  mpfr_exp(y, y, MPFR_RNDN);
  mpfr_add_ui(y, y, 1, MPFR_RNDN);
  mpfr_ui_div(y, 1, y, MPFR_RNDN);
}

static const Function FUNCTIONS[] = {
    {"exp", exp, 0x1p-51, exact_exp},
    {"sigmoid", sigmoid, 0x1p-50, exact_sigmoid},
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

/* Rounds MPFR's value once; its own error must not matter, else the program stops. */
static float round_exact(const Function *f, float x) {
  evaluate(f, x);
  float nearest = mpfr_get_flt(exact_y, MPFR_RNDN);
  if (!mpfr_regular_p(exact_y)) return nearest;
  for (int side = -1; side <= 1; side += 2) {
    mpfr_set_si_2exp(exact_end, side, 8 - BITS, MPFR_RNDN);
    mpfr_add_ui(exact_end, exact_end, 1, MPFR_RNDN);
    mpfr_mul(exact_end, exact_end, exact_y, MPFR_RNDN);
    if (mpfr_get_flt(exact_end, MPFR_RNDN) != nearest) {
      fprintf(stderr, "Cannot round %s(%a): %d bits do not decide\n", f->name, x, BITS);
      exit(1);
    }
  }
  return nearest;
}

static float correctly_rounded(const Function *f, float x, uint64_t *decided_by_mpfr) {
  double y = f->value(x);
  float low = (float)(y * (1 - f->error)), high = (float)(y * (1 + f->error));
  if (low == high || x != x) return low;
  ++*decided_by_mpfr;
  return round_exact(f, x);
}

static int expect(const Function *f, uint32_t first, uint64_t count, uint32_t stride) {
  static uint32_t block[BLOCK];
  uint64_t decided_by_mpfr = 0;
  uint32_t bits = first;
  for (uint64_t done = 0; done < count;) {
    size_t n = 0;
    for (; n < BLOCK && done < count; n++, done++, bits += stride) {
      block[n] = to_bits(correctly_rounded(f, from_bits(bits), &decided_by_mpfr));
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

/* The unit in the last place of a positive result: the spacing of float32 values at y. */
static double unit_at(double y) {
  int exponent;
  frexp(y, &exponent);
  return ldexp(1, exponent - 24 < -149 ? -149 : exponent - 24);
}

/* Distance of a finite positive result from the nearest midpoint, in units in the last place; 1 where there is none. */
static double midpoint_distance(double y) {
  if (!(y > 0x1p-151 && y < 0x1p128)) return 1;
  double steps = y / unit_at(y);
  return fabs(steps - floor(steps) - 0.5);
}

static double exact_distance(const Function *f, float x) {
  evaluate(f, x);
  double unit = unit_at(mpfr_get_d(exact_y, MPFR_RNDN));
  mpfr_div_d(exact_end, exact_y, unit, MPFR_RNDN);
  mpfr_frac(exact_end, exact_end, MPFR_RNDN);
  mpfr_sub_d(exact_end, exact_end, 0.5, MPFR_RNDN);
  return fabs(mpfr_get_d(exact_end, MPFR_RNDN));
}

/*
 * Keeps inputs nearer than a limit that is halved whenever the list is full: what is dropped is farther than the limit.
 */
static int hard(const Function *f, size_t count) {
  size_t capacity = 16 * count, n = 0;
  Hard *list = malloc(capacity * sizeof *list);
  if (!list) return 1;
  double limit = 0x1p-9;
  for (uint64_t i = 0; i <= 0xffffffffu; i++) {
    float x = from_bits((uint32_t)i);
    double distance = midpoint_distance(f->value(x));
    if (!(distance < limit)) continue;
    while (n == capacity) {
      limit /= 2;
      size_t kept = 0;
      for (size_t j = 0; j < n; j++)
        if (list[j].distance < limit) list[kept++] = list[j];
      n = kept;
    }
    if (distance < limit) list[n++] = (Hard){distance, (uint32_t)i};
  }
  for (size_t j = 0; j < n; j++) list[j].distance = exact_distance(f, from_bits(list[j].bits));
  qsort(list, n, sizeof *list, by_distance);
  for (size_t j = 0; j < n && j < count; j++) {
    float expected = round_exact(f, from_bits(list[j].bits));
    printf("%08x %08x %.17g\n", list[j].bits, to_bits(expected), list[j].distance);
  }
  fprintf(stderr, "%zu candidates nearer than %g ulp, MPFR %s\n", n, limit, mpfr_get_version());
  return n < count;
}

static int selfcheck(const Function *f, uint64_t count) {
  double worst = 0;
  float worst_x = 0;
  uint32_t bits = 1;
  for (uint64_t i = 0; i < count; i++) {
    bits = bits * 2891336453u + 1;
    float x = from_bits(bits);
    double y = f->value(x);
    if (!(y > 0x1p-152 && y < 0x1p129)) continue;
    evaluate(f, x);
    mpfr_d_sub(exact_end, y, exact_y, MPFR_RNDN);
    mpfr_div(exact_end, exact_end, exact_y, MPFR_RNDN);
    double error = fabs(mpfr_get_d(exact_end, MPFR_RNDN));
    if (error > worst) worst = error, worst_x = x;
  }
  printf("%s: relative error at most %.3g * 2^-52 (at %a), allowed %.3g * 2^-52\n", f->name, worst * 0x1p52, worst_x,
         f->error * 0x1p52);
  return worst * 2 > f->error;
}

int main(int argc, char **argv) {
  mpfr_inits2(BITS, exact_x, exact_y, exact_end, (mpfr_ptr)0);
  for (size_t i = 0; argc > 3 && i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++) {
    const Function *f = &FUNCTIONS[i];
    if (strcmp(argv[2], f->name) != 0) continue;
    if (strcmp(argv[1], "expect") == 0 && argc == 6) {
      return expect(f, (uint32_t)strtoul(argv[3], 0, 0), strtoull(argv[4], 0, 0), (uint32_t)strtoul(argv[5], 0, 0));
    }
    if (strcmp(argv[1], "hard") == 0 && argc == 4) return hard(f, strtoull(argv[3], 0, 0));
    if (strcmp(argv[1], "selfcheck") == 0 && argc == 4) return selfcheck(f, strtoull(argv[3], 0, 0));
  }
  fprintf(stderr, "Cannot run: expected expect FUNCTION FIRST COUNT STRIDE, hard FUNCTION COUNT or selfcheck FUNCTION COUNT\n");
  return 2;
}
