// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import java.util.List;

/** One service in one region: its state, and the objects that answer its calls. */
public abstract class AwsService {
    public final AwsAccount account;
    public final String region;

    protected AwsService(AwsAccount account, String region) {
        this.account = account;
        this.region = region;
    }

    /** Objects with a method for each operation, named and typed as in the vendor's client. */
    public abstract List<Object> operations();

    /** What exists: one line each, without ids and times. */
    public List<String> inventory() {
        return List.of();
    }

    public final String arn(String service, String resource) {
        return account.arn(service, region, resource);
    }
}
