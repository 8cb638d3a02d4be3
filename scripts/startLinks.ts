import { readFile } from 'node:fs/promises';
import { loadBriefing } from '../config/briefing.ts';
import type { Config } from '../config/schema.ts';
import { signOfficePass } from '../server/gateway/api/officePass.ts';
import { type PageRole, pageUrl, signPass } from '../server/gateway/identity.ts';
import { reachable } from './startPlan.ts';

/** The table of addresses that a person opens first, with a pass of its own in each. */
export async function addressTable(config: Config): Promise<string> {
  const { template, points } = loadBriefing(config.briefing);
  const secret = new Uint8Array(await readFile(config.secretFile));
  const base = config.publicUrl ?? `http://${reachable(config.host)}:${config.port}`;
  const link = async (role: PageRole, seat: string | null = null) =>
    pageUrl({
      base,
      role,
      pass: await signPass({ secret, briefing: config.briefing, role, seat }),
    });
  const [example] = points.points;
  const rows: [string, string][] = [
    ['Chair console', await link('chair', points.chair.id)],
    ['Secretary', await link('secretary')],
    ['Wall', await link('wall')],
    ['Technician', await link('technician')],
    ['Office (all briefings)', `${base}/planning#${await signOfficePass(secret)}`],
  ];
  if (example) rows.push([`Point: ${example.name.vi}`, await link('point', example.id)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    '',
    `${template.title.vi}`,
    '',
    ...rows.map(([name, url]) => `  ${name.padEnd(width)}  ${url}`),
    '',
    `The technician's page has the links of all ${points.points.length} points.`,
  ].join('\n');
}
