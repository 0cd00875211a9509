const callback = { type: 'string', description: 'Name of a function: the answer is JSONP' };

export const plainQuery = {
  querystring: { type: 'object', properties: { callback } },
} as const;

export const supervisorQuery = {
  querystring: {
    type: 'object',
    properties: { id: { type: 'string' }, host: { type: 'string' }, callback },
  },
} as const;

export const pageQuery = {
  querystring: {
    type: 'object',
    properties: {
      window: {
        type: 'string',
        pattern: '^(:all-time|[0-9]{1,9})$',
        description: '600, 10800 or 86400 (seconds), or :all-time',
      },
      sys: { type: 'string', description: "Anything but false: with Storm's own components" },
      callback,
    },
  },
} as const;

const topologyProperties = {
  topology: { type: 'string', description: 'Storm id or name' },
  component: { type: 'string' },
  worker: { type: 'string', description: 'HOST:PORT' },
  wait: { type: 'string', description: 'Seconds to wait', pattern: '^[0-9]{1,9}$' },
};

function topologyParametersWith(properties: Readonly<Record<string, object>>) {
  return { params: { type: 'object', properties: { ...topologyProperties, ...properties } } };
}

export const topologyParameters = topologyParametersWith({});

export const profilingParameters = topologyParametersWith({
  minutes: { type: 'string', description: 'How long it records', pattern: '^[1-9][0-9]{0,3}$' },
});

export const debugParameters = topologyParametersWith({
  action: { type: 'string', enum: ['enable', 'disable'] },
  percent: {
    type: 'string',
    description: 'Share of the tuples in per cent',
    pattern: '^[0-9]{1,3}([.][0-9]{1,9})?$',
  },
});

const count = { type: 'integer', minimum: 1, maximum: 0x7fffffff };

export const rebalanceBody = {
  body: {
    anyOf: [
      { type: 'null' },
      {
        type: 'object',
        properties: {
          rebalanceOptions: {
            type: 'object',
            properties: {
              numWorkers: count,
              executors: { type: 'object', additionalProperties: count },
            },
          },
        },
      },
    ],
  },
} as const;

export const logConfigBody = {
  body: {
    type: 'object',
    required: ['namedLoggerLevels'],
    properties: {
      namedLoggerLevels: {
        type: 'object',
        description: 'By logger; ROOT is the one that all inherit from',
        additionalProperties: {
          type: 'object',
          properties: {
            target_level: {
              type: ['string', 'null'],
              description: 'null or absent: back to what it was',
            },
            timeout: { type: 'integer', description: 'Seconds; 0: until it is taken back' },
          },
        },
      },
    },
  },
} as const;
