/** Which of the test runner's workers this is: files that run at the same time have different ones. 0 outside of it. */
export const worker = Number(process.env.VITEST_POOL_ID ?? 0);

/** A number from 0 to 255 for a loopback address of this process alone. */
export const own = (process.pid % 128) * 2 + (worker % 2);
