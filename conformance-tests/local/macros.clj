;; Words from a mocked source, counted on the cluster of Storm's own test macros.
(ns macros
  (:use [backtype.storm testing config])
  (:require [backtype.storm.thrift :as thrift])
  (:import [backtype.storm.testing TestWordCounter TestWordSpout]))

(defn topology []
  (thrift/mk-topology
    {"words" (thrift/mk-spout-spec (TestWordSpout.) :parallelism-hint 2)}
    {"counts" (thrift/mk-bolt-spec {"words" ["word"]} (TestWordCounter.) :parallelism-hint 3)}))

(with-simulated-time-local-cluster [cluster]
  (let [words [["kite"] ["ash"] ["kite"] ["oak"] ["kite"]]
        results (complete-topology cluster (topology)
                  :mock-sources {"words" words}
                  :storm-conf {TOPOLOGY-WORKERS 2})]
    (println "counts" (pr-str (sort (map vec (read-tuples results "counts")))))))
(with-local-cluster [cluster :supervisors 1]
  (submit-local-topology (:nimbus cluster) "alive" {} (topology))
  (println "alive" (.get_name (first (.get_topologies (.getClusterInfo (:nimbus cluster)))))))
(System/exit 0)
