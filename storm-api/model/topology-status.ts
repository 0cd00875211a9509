/** Storm's words for a topology's state, as clients print them. */
export type TopologyStatus = 'ACTIVE' | 'INACTIVE' | 'KILLED' | 'REBALANCING';
