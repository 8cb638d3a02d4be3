import { join } from 'node:path';
import express, { type Router } from 'express';
import swaggerFolder from 'swagger-ui-dist/absolute-path.js';

const own = join(import.meta.dirname, 'docs');
const swagger = swaggerFolder();
const parts = ['swagger-ui.css', 'swagger-ui-bundle.js'] as const;

/**
 * The document, and the page to try it, for everybody: they say what can be asked, and nothing of
 * any briefing.
 */
export function createDocs(document: object): Router {
  const router = express.Router();
  router.get('/api/openapi.json', (_request, response) => {
    response.setHeader('cache-control', 'no-cache');
    response.json(document);
  });
  const serve = (path: string, folder: string, name: string) => {
    router.get(path, (_request, response) => {
      response.setHeader('cache-control', 'no-cache');
      response.sendFile(join(folder, name));
    });
  };
  serve('/api/docs', own, 'index.html');
  serve('/api/docs/init.js', own, 'init.js');
  for (const name of parts) serve(`/api/docs/${name}`, swagger, name);
  return router;
}
