import { text } from '../../i18n/language.ts';
import { useSurface } from '../../ui/useSurface.ts';

/**
 * The way to the queues of jobs, in a window of their own. A browser sends no pass where a link
 * leads, so that this is a form: the server takes the pass once, and gives a cookie for a while.
 */
export function JobsDoor() {
  const { pass } = useSurface();
  const t = text.value.technician.jobs;
  return (
    <form method="post" action="/jobs/enter" target="_blank" rel="noopener">
      <input type="hidden" name="pass" value={pass} />
      <button
        type="submit"
        class="button"
        data-action="jobs.open"
        data-look="quiet"
        data-size="small"
        title={t.hint}
      >
        {t.open}
      </button>
    </form>
  );
}
