// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import io.osmo.backend.testkit.internal.CloudState;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** What the services of one account share: its id, limits, ids and time. Guarded by its own monitor. */
public final class AwsAccount extends CloudState {
    /** The principal that all calls come from. */
    public static final String CALLER = "assumed-role/osmo-backend/emulated";

    private final String id;
    private String imageDate = "20261112";

    public AwsAccount(String id, Supplier<Instant> clock, long seed, int pageSize, Map<String, Double> quotas) {
        super(clock, seed, pageSize, quotas);
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Day of the newest node images, such as {@code 20261112}. */
    public String imageDate() {
        return imageDate;
    }

    public void publishImages(String date) {
        imageDate = date;
    }

    /** A limit by quota code, such as {@code L-F678F1CE} (VPCs per region). */
    public double quota(String code) {
        return quota(code, AwsQuotas.defaultValue(code));
    }

    /** An id such as {@code vpc-0a1b2c3d4e5f60718}. */
    public String newId(String prefix) {
        return prefix + "-0" + hex(17).substring(1);
    }

    public String arn(String service, String region, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + id + ":" + resource;
    }
}
