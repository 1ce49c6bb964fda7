import { expect, it } from "vitest";
import { DatabaseClock } from "../../src/main/clock.js";

const start = Date.UTC(2026, 0, 5, 9);

/** A database whose clock is right, questions to it that take a while, and a process whose own clock nobody asks. */
async function stage(tookMs = 0) {
  const world = { time: start, ms: 1_000, wall: 7, tookMs, asked: 0 };
  const pass = (ms: number): void => {
    world.time += ms;
    world.ms += ms;
    world.wall += ms;
  };
  const read = async () => {
    world.asked += 1;
    pass(world.tookMs / 2);
    const told = new Date(world.time);
    pass(world.tookMs / 2);
    return told;
  };
  const clock = await DatabaseClock.start({ source: { read }, monotonic: () => world.ms, wall: () => world.wall });
  return { world, pass, clock };
}

it("tells the database's time, and goes on between two questions whatever the machine's clock does (R13)", async () => {
  const { world, pass, clock } = await stage(40);
  expect(clock.now().getTime()).toBe(world.time);
  pass(12_345);
  expect(clock.now().getTime()).toBe(start + 40 + 12_345);
});

it("follows the database's clock when that is set, in both directions (R13)", async () => {
  const { world, clock } = await stage();
  for (const jump of [3_600_000, -7_200_000]) {
    world.time += jump;
    await clock.set();
    expect(clock.now().getTime()).toBe(world.time);
  }
});

it("asks at once, and once, after the machine slept (R13)", async () => {
  const { world, pass, clock } = await stage();
  world.time += 3_600_000;
  world.wall += 3_600_000;
  for (let times = 0; times < 3; times += 1) clock.now();
  await Promise.resolve();
  expect(world.asked).toBe(2);
  await clock.set();
  pass(5_000);
  expect([clock.now().getTime(), world.asked]).toEqual([world.time, 3]);
});

it("does not shiver by what a slow question leaves open (R13)", async () => {
  const { world, clock } = await stage();
  world.tookMs = 2_000;
  world.time -= 900;
  await clock.set();
  expect(clock.now().getTime()).toBe(world.time + 900);
  world.time -= 900;
  await clock.set();
  expect(clock.now().getTime()).toBe(world.time);
});
