import { text } from '../../i18n/language.ts';
import { Menu, type MenuItem } from '../../ui/Menu.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useSurface } from '../../ui/useSurface.ts';
import { download } from './api.ts';

/** What can be taken away of a briefing, by the API's own paths. */
const paths = {
  docx: 'minutes.docx',
  docxState: 'minutes.docx?form=state',
  docxParty: 'minutes.docx?form=party',
  xlsx: 'records.xlsx',
  json: 'records.json',
  archive: 'archive.zip',
  attendance: 'records/attendance.csv',
  votes: 'records/votes.csv',
  ballots: 'records/ballots.csv',
  directives: 'records/directives.csv',
  receipts: 'records/receipts.csv',
  speeches: 'records/speeches.csv',
  agenda: 'records/agenda.csv',
} as const;
export type RecordFile = keyof typeof paths;

interface DownloadsProps {
  readonly briefing: string;
  /** Each group apart from the next by a line. */
  readonly files: readonly (readonly RecordFile[])[];
}

/** A menu of files to take away; each is built at the moment it is asked for. */
export function Downloads({ briefing, files }: DownloadsProps) {
  const { pass } = useSurface();
  const t = text.value.chair.record;
  const take = async (file: RecordFile) => {
    const name = nameOf(briefing, paths[file]);
    const answer = await download({ pass, path: `${briefing}/${paths[file]}` }, name);
    if (answer.ok) toast(t.downloading(answer.value));
    else toast(t.downloadFailed, 'alarm');
  };
  const item = (file: RecordFile): MenuItem => ({
    action: `download.${file}`,
    icon: 'download',
    label: t.files[file],
    onPress: () => take(file),
  });
  return (
    <Menu
      action="download"
      icon="download"
      look="plain"
      size="small"
      label={t.download}
      parts={files.map((group) => group.map(item))}
    >
      {t.download}
    </Menu>
  );
}

/** `2019-06-minutes.docx` of `minutes.docx?form=party`. */
const nameOf = (briefing: string, path: string): string =>
  `${briefing}-${(path.split('?')[0] ?? path).replaceAll('/', '-')}`;
