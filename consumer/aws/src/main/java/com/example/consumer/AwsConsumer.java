// SPDX-License-Identifier: Apache-2.0
package com.example.consumer;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsProvider;
import java.util.regex.Pattern;

/** A host of EKS backends. The AWS SDK adds no unwanted jars. */
public final class AwsConsumer {
    private static final Pattern ALLOWED = Pattern.compile("(?!)");

    private AwsConsumer() {}

    public static void main(String[] arguments) {
        Host.prove(new AwsProvider(), "us-west-2", ALLOWED);
        if (System.getenv("AWS_ENDPOINT_URL") != null) {
            try (OsmoBackends osmo = OsmoBackends.open()) {
                System.out.println("backends there: " + osmo.list("aws", "us-west-2"));
            }
        }
    }
}
