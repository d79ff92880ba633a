/** The window of all our filters: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974. */

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-9; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** `edge` from -1 to 1; not scaled. The higher `beta`, the less passes beside the slope, and the wider that is. */
export const kaiser = (edge: number, beta: number): number => bessel(beta * Math.sqrt(1 - edge * edge));
