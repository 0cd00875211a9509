// gearstorm submit examples/drpc.ts && gearstorm drpc-client reach foo.com/blog/1
// How many people may have seen a page: the different followers of everybody who tweeted it.
import { basicBolt, batchBolt, field, LinearDrpcBuilder, type Tuple } from 'gearstorm';

const tweeters: Readonly<Record<string, readonly string[]>> = {
  'foo.com/blog/1': ['sally', 'bob', 'tim', 'george', 'nathan'],
  'engineering.twitter.com/blog/5': ['adam', 'david', 'sally', 'nathan'],
};
const followers: Readonly<Record<string, readonly string[]>> = {
  sally: ['bob', 'tim', 'alice', 'adam', 'jim', 'chris', 'jai'],
  bob: ['sally', 'nathan', 'jim', 'mary', 'david', 'vivian'],
  tim: ['alex'],
  nathan: ['sally', 'bob', 'adam', 'harry', 'chris', 'vivian', 'emily', 'jordan'],
  adam: ['david', 'carissa'],
  george: ['jim', 'alice'],
  david: ['bob', 'emily'],
};

const getTweeters = basicBolt({
  streams: { default: { request: field<string>(), tweeter: field<string>() } },
  execute: ({ values: { request, args } }: Tuple<{ request: string; args: string }>, collector) => {
    for (const tweeter of tweeters[args] ?? []) collector.emit({ request, tweeter });
  },
});

const getFollowers = basicBolt({
  streams: { default: { request: field<string>(), follower: field<string>() } },
  execute: ({ values }: Tuple<{ request: string; tweeter: string }>, collector) => {
    const { request, tweeter } = values;
    for (const follower of followers[tweeter] ?? []) collector.emit({ request, follower });
  },
});

/** Each task counts its share of the followers, when it knows that it has seen all of them. */
const countDifferent = batchBolt({
  streams: { default: { request: field<string>(), count: field<number>() } },
  begin: (request, collector) => {
    const seen = new Set<string>();
    return {
      execute: ({ values }: Tuple<{ follower: string }>) => void seen.add(values.follower),
      finish: () => void collector.emit({ request, count: seen.size }),
    };
  },
});

const sum = batchBolt({
  streams: { default: { request: field<string>(), reach: field<number>() } },
  begin: (request, collector) => {
    let reach = 0;
    return {
      execute: ({ values }: Tuple<{ count: number }>) => {
        reach += values.count;
      },
      finish: () => void collector.emit({ request, reach }),
    };
  },
});

export default new LinearDrpcBuilder('reach')
  .addBolt(getTweeters, { parallelism: 2 })
  .addBolt(getFollowers, { parallelism: 3 })
  .shuffleGrouping()
  .addBolt(countDifferent, { parallelism: 3 })
  .fieldsGrouping(['request', 'follower'])
  .addBolt(sum, { parallelism: 2 })
  .fieldsGrouping(['request'])
  .build('reach');
