import { registerHooks } from 'node:module';

/**
 * TypeScript 7 is a native program without an interface for JavaScript, and dependency-cruiser
 * needs one to see `import type`. Loaded before it (node --import), this gives it the last
 * TypeScript that has one, whenever it asks for `typescript`.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.replace(/^typescript(?=\/|$)/, 'typescript-api'), context),
});
