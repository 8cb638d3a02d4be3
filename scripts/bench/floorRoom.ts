import { pause } from './figures.ts';
import { BenchPage } from './page.ts';
import type { BenchSystem } from './system.ts';

/** The chair and all points, connected without media. */
export interface Room {
  readonly chair: BenchPage;
  readonly seats: readonly { readonly id: string; readonly page: BenchPage }[];
  readonly close: () => void;
}

/** Joins everybody, spread over the servers in turn. */
export async function openRoom({ urls, points, pass }: BenchSystem): Promise<Room> {
  const at = (i: number) => urls[i % urls.length] ?? '';
  const chair = await BenchPage.connect({
    url: at(0),
    pass: await pass('chair', points.chair.id),
  });
  const seats = await Promise.all(
    points.points.map(async ({ id }, i) => ({
      id,
      page: await BenchPage.connect({
        url: at(i),
        pass: await pass('point', id),
      }),
    })),
  );
  if (chair.welcome.state.phase === 'scheduled')
    await chair.must({ type: 'phase.step', step: 'open' });
  await chair.must({ type: 'phase.step', step: 'begin' });
  return {
    chair,
    seats,
    close: () => {
      for (const { page } of seats) page.close();
      chair.close();
    },
  };
}

/**
 * At a steady rate, whatever the answers take: a point asks for the floor, the chair takes it into
 * the queue and grants it. Each of the three is a wait in milliseconds.
 */
export async function acks(
  { chair, seats }: Room,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<number[]> {
  const waits: number[] = [];
  const timed = async (give: () => Promise<number>): Promise<number> => {
    const sent = performance.now();
    const version = await give();
    waits.push(performance.now() - sent);
    return version;
  };
  const turn = async (seat: Room['seats'][number]): Promise<void> => {
    const version = await timed(() =>
      seat.page.must({ type: 'floor.request', beneficiary: seat.id }),
    );
    const request = `r${version}`;
    await timed(() => chair.must({ type: 'floor.accept', request }));
    await timed(() => chair.must({ type: 'floor.grant', target: { request }, replace: true }));
  };
  const gap = (3 * 1000) / rate;
  const begin = performance.now();
  const turns: Promise<void>[] = [];
  for (let i = 0; i < (seconds * rate) / 3; i++) {
    const seat = seats[i % seats.length];
    if (seat) turns.push(turn(seat));
    // Evenly on average, by chance in detail, as people are.
    await pause(Math.max(0, begin + (i + Math.random()) * gap - performance.now()));
  }
  await Promise.all(turns);
  await endFloor(chair);
  return waits;
}

/** The last speaker gives the floor back, so that every seat is free to ask again. */
async function endFloor(chair: BenchPage): Promise<void> {
  const snapshot = await chair.socket.emitWithAck('snapshot', {});
  if (!snapshot.ok) throw new Error(`snapshot was refused: ${snapshot.refusal}`);
  for (const request of snapshot.state.floor.holders) {
    await chair.must({ type: 'floor.release', request });
  }
}

/** Every seat asks for the floor and takes its hand down again, as fast as it is answered. */
export async function throughput(
  { seats }: Room,
  seconds: number,
): Promise<{ perSecond: number; waits: number[] }> {
  const waits: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1000;
  await Promise.all(
    seats.map(async ({ id, page }) => {
      while (performance.now() < end) {
        const asked = performance.now();
        const version = await page.must({
          type: 'floor.request',
          beneficiary: id,
        });
        const answered = performance.now();
        await page.must({ type: 'floor.release', request: `r${version}` });
        waits.push(answered - asked, performance.now() - answered);
      }
    }),
  );
  return {
    perSecond: waits.length / ((performance.now() - begin) / 1000),
    waits,
  };
}
