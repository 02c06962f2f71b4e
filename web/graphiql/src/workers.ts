/** Where Monaco finds its workers: build.ts knows their addresses. */
declare const WORKERS: { editor: string; [label: string]: string };

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string) =>
      new Worker(WORKERS[label] ?? WORKERS.editor, { type: "module" }),
  },
});
