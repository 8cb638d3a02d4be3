import { measureJournal } from '/work/main/scripts/bench/journal.ts';
import { startRedis } from '/work/main/test/support/redis.ts';

const r = await startRedis({ appendfsync: (process.argv[2] as 'always') ?? 'everysec' });
try {
  console.log(
    JSON.stringify(
      await measureJournal({ redisUrl: r.url, seconds: Number(process.argv[3] ?? 3) }),
      null,
      1,
    ),
  );
} finally {
  await r.stop();
}
