func runExplain(_ words: [String]) throws {}
