// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Ids;
import io.osmo.backend.testkit.internal.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What all emulated services of one account share: identity, time line, ids, quotas. Guarded by its own monitor. */
final class AwsAccount {
    /** Partition and principal that all emulated credentials belong to. */
    static final String CALLER = "assumed-role/osmo-backend/emulated";

    private final String id;
    private final Timeline timeline;
    private final Ids ids;
    private final int pageSize;
    private final Map<String, Double> quotas;
    private final Map<String, Object> tokens = new HashMap<>();

    AwsAccount(String id, Supplier<Instant> clock, long seed, int pageSize, Map<String, Double> quotas) {
        this.id = id;
        this.timeline = new Timeline(clock);
        this.ids = new Ids(seed);
        this.pageSize = pageSize;
        this.quotas = Map.copyOf(quotas);
    }

    String id() {
        return id;
    }

    int pageSize() {
        return pageSize;
    }

    Instant now() {
        return timeline.now();
    }

    /** Lets happen, in order, everything that was due until now. */
    void advance() {
        timeline.advance();
    }

    void after(Duration delay, Runnable action) {
        timeline.after(delay, action);
    }

    /** A limit by quota code, such as {@code L-F678F1CE} (VPCs per region). */
    double quota(String code) {
        return quotas.getOrDefault(code, AwsQuotas.defaultValue(code));
    }

    /** An id such as {@code vpc-0a1b2c3d4e5f60718}: the same in every run of the same calls. */
    String newId(String prefix) {
        return prefix + "-0" + hex(17).substring(1);
    }

    String newUuid() {
        return ids.uuid();
    }

    String hex(int digits) {
        return ids.hex(digits);
    }

    /**
     * What a call with this client token has made before, or what it makes now: a repeated token has no second effect.
     *
     * @param token may be null, then the effect is not remembered
     */
    @SuppressWarnings("unchecked")
    <T> T once(String operation, @org.jspecify.annotations.Nullable String token, Supplier<T> effect) {
        if (token == null) {
            return effect.get();
        }
        String key = operation + "/" + token;
        Object known = tokens.get(key);
        if (known == null) {
            known = effect.get();
            tokens.put(key, known);
        }
        return (T) known;
    }

    String arn(String service, String region, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + id + ":" + resource;
    }
}
