import type { RequestListener } from 'node:http';

/** `GET /healthz`: 200 while media can flow, 503 while not. There is nothing else to see. */
export function health(ready: () => boolean): RequestListener {
  return (request, response) => {
    const found = request.method === 'GET' && request.url === '/healthz';
    const up = ready();
    response.writeHead(found ? (up ? 200 : 503) : 404, { 'content-type': 'application/json' });
    response.end(found ? JSON.stringify({ ready: up }) : '');
  };
}
