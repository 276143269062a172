/*
 * The frame of a generated model: reads inputs and instants from a file, runs all futures for each line `run` and answers
 * with nanoseconds of the processor's time, writes the results for a line `save`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static long futures;
static double times[STEPS + 1], ends[STEPS + 1];
static double *in[INPUTS + 1], *out[OUTPUTS];

static void run_block(long future);

static double *room(long count) {
  return aligned_alloc(64, (((size_t)count * sizeof(double) + 63) / 64 + 1) * 64);
}

static void must(int is_so, const char *what) {
  if (is_so) return;
  fprintf(stderr, "%s\n", what);
  exit(1);
}

int main(int count, char **arguments) {
  must(count == 6, "usage: model FUTURES SEED-LOW SEED-HIGH INPUTS RESULTS");
  futures = strtol(arguments[1], NULL, 10);
  must(futures > 0 && futures % LANES == 0, "futures must be whole blocks of lanes");
  seed_low = (uint32_t)strtoul(arguments[2], NULL, 10);
  seed_high = (uint32_t)strtoul(arguments[3], NULL, 10);
  FILE *file = fopen(arguments[4], "rb");
  must(file != NULL, "no inputs");
  for (int input = 0; input < INPUTS; input++) {
    in[input] = room(futures);
    must(fread(in[input], sizeof(double), (size_t)futures, file) == (size_t)futures, "inputs too short");
  }
  must(fread(times, sizeof(double), STEPS + 1, file) == STEPS + 1, "instants too short");
  must(fread(ends, sizeof(double), STEPS + 1, file) == STEPS + 1, "instants too short");
  fclose(file);
  for (int output = 0; output < OUTPUTS; output++) out[output] = room(futures);
  char line[16];
  while (fgets(line, sizeof line, stdin) != NULL) {
    if (strcmp(line, "run\n") == 0) {
      struct timespec from, to;
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
      for (long future = 0; future < futures; future += LANES) run_block(future);
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
      printf("%.0f\n", (double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec));
    } else {
      FILE *results = fopen(arguments[5], "wb");
      must(results != NULL, "no place for results");
      for (int output = 0; output < OUTPUTS; output++) fwrite(out[output], sizeof(double), (size_t)futures, results);
      fclose(results);
      printf("0\n");
    }
    fflush(stdout);
  }
  return 0;
}
