import type { Logger } from 'pino';
import type { LoadedBriefing } from '../config/briefing.ts';
import type { Config } from '../config/schema.ts';
import type { ItemRules } from './domain/agenda.ts';
import type { BriefingPlan } from './domain/briefing.ts';
import type { FloorRules, SpeechRule } from './domain/floor.ts';
import type { PlannedPoint } from './domain/roster.ts';
import { PrimaryRelay } from './journal/relay.ts';
import { iceServersFor } from './media/turn.ts';
import type { PlanDraft } from './protocol/plan.ts';
import type { MediaProfile } from './protocol/wire.ts';

type PointTemplate = LoadedBriefing['points']['chair'];

const plannedPoint = ({
  id,
  name,
  shortName,
  region,
  kind,
  protocolOrder,
}: PointTemplate): PlannedPoint => ({
  id,
  name,
  shortName: shortName ?? name,
  region,
  kind,
  order: protocolOrder,
});

/** A template of the configuration as the plan of a briefing, under the configured floor rules. */
export function draftOf(loaded: LoadedBriefing, floor: Config['floor']): PlanDraft {
  const { template: t, points } = loaded;
  return {
    title: t.title,
    sector: t.sector,
    startsAt: t.startsAt,
    timeZone: t.timeZone,
    classification: t.classification,
    chairPoint: points.chair.id,
    points: [points.chair, ...points.points].map(plannedPoint),
    agenda: t.agenda.map((item) => ({ ...item, rules: itemRules(item) })),
    reports: t.reports,
    directives: t.directives.map((d) => ({
      ...d,
      deadline: d.deadline ?? null,
      product: d.product ?? null,
    })),
    floor: floorRules(floor),
    series: t.series,
    // More than half, as is customary where nothing else is said.
    quorum: t.quorum ?? Math.floor(points.points.length / 2) + 1,
  };
}

/** The very briefing that a template is of, under the template's name. */
export const briefingPlan = (loaded: LoadedBriefing, floor: Config['floor']): BriefingPlan => ({
  ...draftOf(loaded, floor),
  id: loaded.name,
  carriedOver: [],
});

type ItemTemplate = LoadedBriefing['template']['agenda'][number];

/** What an item says of its rules; points ask for the floor in a discussion, unless it says otherwise. */
function itemRules({ kind, rules = {} }: ItemTemplate): ItemRules {
  const { floor = {} } = rules;
  const { speech } = floor;
  return {
    requests: rules.requests ?? (kind === 'discussion' || kind === 'answers' ? 'all' : 'none'),
    once: rules.once ?? false,
    queueLimit: rules.queueLimit ?? null,
    replies: rules.replies ?? kind === 'discussion',
    speakers: rules.speakers ?? [],
    floor: {
      mode: floor.mode ?? null,
      maxFloorUsers: floor.maxFloorUsers ?? null,
      interrupt: floor.interrupt ?? null,
      speech: speech ? speechRule(speech) : null,
    },
  };
}

const minutes = (n: number | null): number | null => (n === null ? null : Math.round(n * 60_000));

const floorRules = ({ speech, replyMinutes, ...rules }: Config['floor']): FloorRules => ({
  ...rules,
  replyMs: minutes(replyMinutes),
  speech: speechRule(speech),
});

const speechRule = (speech: Config['floor']['speech']): SpeechRule => ({
  allottedMs: minutes(speech.minutes),
  warningsMs: speech.warningSeconds.map((s) => s * 1_000).sort((a, b) => b - a),
  atEnd: speech.atEnd,
});

/** How pages are to send, as the wire says it. */
export function mediaProfile({ camera, simulcast, presentation, microphone }: Config['media']) {
  const profile: MediaProfile = {
    camera: {
      ...camera,
      layers: simulcast.map(({ maxBitrate, scaleResolutionDownBy, maxFramerate }) => ({
        maxBitrate,
        scaleDownBy: scaleResolutionDownBy,
        maxFrameRate: maxFramerate ?? camera.frameRate,
      })),
    },
    presentation: {
      width: presentation.width,
      height: presentation.height,
      frameRate: presentation.frameRate,
      // The same size twice: on a poor line a presentation gives way in frames, and stays sharp.
      layers: [
        {
          maxBitrate: Math.round(presentation.maxBitrate / 8),
          scaleDownBy: 1,
          maxFrameRate: Math.min(5, presentation.frameRate),
        },
        {
          maxBitrate: presentation.maxBitrate,
          scaleDownBy: 1,
          maxFrameRate: presentation.frameRate,
        },
      ],
    },
    audioBitrate: microphone.maxBitrate,
  };
  return profile;
}

/** Which STUN and TURN servers each endpoint is told of. */
export function iceServers(rtc: Config['rtc'], now: () => number) {
  const { turn } = rtc;
  return iceServersFor({
    fixed: rtc.iceServers.map(({ credential, ...server }) => ({
      ...server,
      ...(credential ? { credential: credential.reveal() } : {}),
    })),
    ...(turn && { turn: { ...turn, secret: turn.secret.reveal() } }),
    now,
  });
}

/** The way to the primary where sentinels say which one it is; undefined where nobody does. */
export async function primaryRelay(
  { redis, redisUrl }: Pick<Config, 'redis' | 'redisUrl'>,
  log: Logger,
): Promise<PrimaryRelay | undefined> {
  const { sentinels, masterName, sentinelPassword } = redis;
  if (sentinels.length === 0) return undefined;
  return PrimaryRelay.create({
    sentinels,
    masterName,
    sentinelPassword: sentinelPassword?.reveal(),
    redisUrl: redisUrl?.reveal(),
    log,
  });
}
