/** `npm start`: installs, builds and starts the app; needs nothing but Node 20 and npm. */
import { runPrepared } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { startApp } from './lib/start-app.mjs'

await runPrepared(import.meta.url, (args) => startApp(projectRoot, args))
