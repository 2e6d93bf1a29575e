// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import java.util.Map;

/** The clouds that histories are lived on. */
final class Clouds {
    private static final Map<String, Cloud> ALL = Map.of(
            "aws", new Cloud(AwsUnderTest.FACTS, AwsUnderTest::new),
            "azure", new Cloud(AzureUnderTest.FACTS, AzureUnderTest::new),
            "gcp", new Cloud(GcpUnderTest.FACTS, GcpUnderTest::new));

    private Clouds() {}

    /** A cloud, not yet made. */
    record Cloud(CloudFacts facts, CloudUnderTest.Factory factory) {}

    static Cloud of(String cloud) {
        Cloud found = ALL.get(cloud);
        if (found == null) {
            throw new IllegalArgumentException("no cloud " + cloud + ", only " + ALL.keySet());
        }
        return found;
    }
}
