// The pass of an office link comes in the fragment, which reaches no server's log.
const pass = location.hash.slice(1);
// From here on it is nobody's to copy from the address.
if (pass) history.replaceState(null, '', location.pathname);

const ui = SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  // No badge of somebody else's server.
  validatorUrl: null,
  onComplete: () => {
    if (pass) ui.preauthorizeApiKey('pass', pass);
  },
});
