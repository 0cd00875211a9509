# A bolt without any library: splits sentences into words, which are anchored to them.
require 'json'

def read
  JSON.parse($stdin.gets("\nend\n", chomp: true) || exit)
end

def say(message)
  $stdout.write("#{message.to_json}\nend\n")
  $stdout.flush
end

read # the configuration, and what the task may know of the topology
say(pid: Process.pid)
loop do
  tuple = read
  if tuple['stream'] == '__heartbeat'
    say(command: :sync)
    next
  end
  tuple['tuple'][0].split.each do |word|
    say(command: :emit, tuple: [word], anchors: [tuple['id']], need_task_ids: false)
  end
  say(command: :ack, id: tuple['id'])
end
