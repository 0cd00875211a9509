import { StormConf } from '../config/storm-conf.ts';
import { AuthorizationError, InvalidTopologyError } from '../errors.ts';
import type { nimbusMethods } from '../thrift/nimbus-service.ts';
import type { ArgumentsOf } from '../thrift/service.ts';
import { toModel } from '../thrift/to-model.ts';
import type { SubmitRequest } from '../topology-service.ts';
import { detectGeneration } from './generation.ts';
import type { JarInbox } from './jar-inbox.ts';
import { checkTopologyName } from './topology-name.ts';

export type Submission = ArgumentsOf<typeof nimbusMethods.submitTopology>;

/** What a client submitted, checked as far as that needs no other topology. @throws InvalidTopologyError */
export function toSubmitRequest(
  submission: Submission,
  options: Pick<SubmitRequest, 'initialStatus' | 'credentials'>,
  inbox: JarInbox,
): SubmitRequest {
  const { name, uploadedJarLocation, jsonConf, topology } = submission;
  checkTopologyName(name);
  const config = parseConfig(jsonConf);
  const generation = detectGeneration(config);
  return {
    topology: toModel(topology, { name, generation, config }),
    jarFile: uploadedJarLocation === '' ? null : finishedUpload(inbox, uploadedJarLocation),
    ...options,
  };
}

function parseConfig(json: string): StormConf {
  try {
    return StormConf.fromClient(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidTopologyError(
      `the topology's configuration is not a JSON object: ${reason.slice(0, 300)}`,
      { cause },
    );
  }
}

/** Every client knows InvalidTopologyException here; the inbox's own refusal only later ones. */
function finishedUpload(inbox: JarInbox, location: string): string {
  try {
    return inbox.fileOf(location);
  } catch (cause) {
    if (!(cause instanceof AuthorizationError)) throw cause;
    throw new InvalidTopologyError(`the topology's jar is missing: ${cause.message}`, { cause });
  }
}
