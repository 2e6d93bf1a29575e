// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The documents of {@code invalid-specs.txt}, whose messages are tested where the reader is. */
final class InvalidSpecs {
    private static final String FILE = "osmo-backend-api/src/test/resources/io/osmo/backend/spec/invalid-specs.txt";

    private InvalidSpecs() {}

    static Map<String, String> byTitle() {
        Map<String, String> documents = new LinkedHashMap<>();
        for (String part : Repository.read(Repository.ROOT.resolve(FILE)).split("(?m)^=== ")) {
            if (!part.startsWith("#")) {
                String[] titleAndRest = part.split("\n", 2);
                documents.put(titleAndRest[0], withBase(titleAndRest[1].split("(?m)^>>>\n", 2)[0].strip() + "\n"));
            }
        }
        return documents;
    }

    private static String withBase(String document) {
        Map<String, String> base = new TreeMap<>(Map.of(
                "name", "train-west",
                "provider", "aws",
                "region", "us-west-2",
                "computePools", "[{name: cpu, instanceTypes: [m7i.2xlarge]}]"));
        base.keySet().removeIf(key -> Arrays.stream(document.split("\n")).anyMatch(l -> l.startsWith(key + ":")));
        return base.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue() + "\n")
                .collect(Collectors.joining("", "", document));
    }
}
