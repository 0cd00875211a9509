import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { RequestError } from '../../storm-api/http/index.ts';
import type { TopologyService } from '../../storm-api/index.ts';
import {
  doneAnswer,
  eventsAnswer,
  runAnswer,
  startAnswer,
  uploadAnswer,
} from '../answer-schemas.ts';
import { EventStream } from '../event-stream.ts';
import { Runs } from './runs.ts';
import type { RunRequest, UploadAnswer } from './submission-answers.ts';
import type { Submitter } from './submitter.ts';
import { Uploads } from './uploads.ts';

export interface SubmissionOptions {
  readonly service: TopologyService;
  readonly submitter: Submitter;
  /** For what is uploaded; ours alone. */
  readonly folder: string;
  /** null, or the sentence that says why it is not allowed. */
  readonly refusal: string | null;
  /** Of one file. */
  readonly uploadBytesMax: number;
  readonly log: { warn(facts: object, message: string): void };
}

interface FileParameters {
  readonly Querystring: { readonly name: string };
}

interface RunParameters {
  readonly Params: { readonly run: string };
}

const text = { type: 'string', maxLength: 4096 };
const fileSchema = {
  querystring: { type: 'object', required: ['name'], properties: { name: text } },
};
const runSchema = {
  body: {
    type: 'object',
    required: ['file', 'main', 'args', 'conf', 'mode'],
    additionalProperties: false,
    properties: {
      file: text,
      main: {
        type: ['string', 'null'],
        maxLength: 1024,
        pattern: '^[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*$',
      },
      args: { type: 'array', maxItems: 1000, items: text },
      conf: { type: 'array', maxItems: 1000, items: { ...text, pattern: '^[^=]+=' } },
      mode: { enum: ['preview', 'submit'] },
    },
  },
};
const nothing = { body: { type: 'object', additionalProperties: false } };

/** Programs from the page: uploaded, run in a process of their own, looked at and started. */
export function addSubmissionRoutes(server: FastifyInstance, options: SubmissionOptions): void {
  const { service, submitter, folder, refusal, uploadBytesMax, log } = options;
  const uploads = new Uploads(folder, uploadBytesMax);
  const runs = new Runs(submitter);
  const allow = () => {
    if (refusal !== null) throw new RequestError(403, refusal);
  };
  const at = '/api/gearstorm/submission';
  const clearUploads = async () => {
    try {
      await uploads.clear();
    } catch (error) {
      log.warn({ err: error, folder }, 'uploaded programs are not removed');
    }
  };
  server.addHook('onReady', clearUploads); // a serve that was killed left its own
  server.addHook('onClose', async () => {
    await runs.clear();
    await clearUploads();
  });
  server.addContentTypeParser('application/octet-stream', (_, body, done) => done(null, body));
  server.post<FileParameters>(
    `${at}/files`,
    { schema: fileSchema, bodyLimit: uploadBytesMax, ...uploadAnswer },
    async ({ query, body }): Promise<UploadAnswer> => {
      allow();
      const { path, ...upload } = await uploads.take(query.name, body as Readable);
      const mains = upload.kind === 'jar' ? await mainsOf(path, upload.file) : [];
      return { ...upload, mains };
    },
  );
  const mainsOf = async (path: string, file: string) => {
    try {
      return await submitter.mainsOf(path);
    } catch (error) {
      await uploads.remove(file);
      throw new RequestError(400, error instanceof Error ? error.message : String(error));
    }
  };
  server.post<{ Body: RunRequest }>(
    `${at}/runs`,
    { schema: runSchema, ...runAnswer },
    async ({ body }) => {
      allow();
      return { run: await runs.begin(uploads.find(body.file), body) };
    },
  );
  server.get<RunParameters>(`${at}/runs/:run/events`, eventsAnswer, ({ params }, reply) => {
    let stop = () => {};
    const stream = new EventStream(reply, () => stop());
    if (stream.isOpen) stop = runs.watch(params.run, stream);
  });
  server.post<RunParameters>(
    `${at}/runs/:run/start`,
    { schema: nothing, ...startAnswer },
    async ({ params }) => {
      allow();
      return { started: await runs.find(params.run).start(service) };
    },
  );
  server.post<RunParameters>(
    `${at}/runs/:run/stop`,
    { schema: nothing, ...doneAnswer },
    async ({ params }) => {
      runs.find(params.run).stop();
      return {};
    },
  );
}
