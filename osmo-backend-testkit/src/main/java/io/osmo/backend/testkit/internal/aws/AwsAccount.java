// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import io.osmo.backend.testkit.internal.CloudState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the services of one account share: its id, limits, ids and time. Guarded by its own monitor. */
public final class AwsAccount extends CloudState {
    /** The role that all calls come from. */
    public static final String ROLE = "role/osmo-backend";

    /** Its session, in which calls are made. */
    public static final String CALLER = "assumed-role/osmo-backend/emulated";

    /** How long client tokens are remembered. */
    private static final Duration MEMORY = Duration.ofHours(24);

    private final String id;
    private final String partition;
    private final Map<String, Remembered> tokens = new HashMap<>();
    private final Set<String> withdrawn = new HashSet<>();
    private String imageDate = "20261112";

    public AwsAccount(
            String id, String partition, Supplier<Instant> clock, long seed, int pageSize, Map<String, Double> quotas) {
        super(clock, seed, pageSize, quotas);
        this.id = id;
        this.partition = partition;
    }

    public String id() {
        return id;
    }

    /** Request and response of a call with an idempotency token. */
    private record Remembered(Object request, Object result, Instant until) {}

    /**
     * Runs the effect unless a call with the same token has run it before; then returns the earlier result, also of what has been
     * deleted since. Amazon EC2 remembers a token for at least a day, and refuses it with other parameters.
     *
     * @param request the call, which is compared with the earlier one
     * @param token idempotency token of the call; null if it has none, then the effect always runs
     * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html">Amazon EC2: ensuring idempotency</a>
     */
    @SuppressWarnings("unchecked")
    public <T> T once(Object request, @Nullable String token, Supplier<T> effect) {
        if (token == null) {
            return effect.get();
        }
        String key = request.getClass().getSimpleName() + "/" + token;
        Remembered known = tokens.get(key);
        if (known == null || known.until().isBefore(now())) {
            known = new Remembered(request, effect.get(), now().plus(MEMORY));
            tokens.put(key, known);
        } else if (!known.request().equals(request)) {
            throw AwsErrors.of(
                    "ec2",
                    400,
                    "IdempotentParameterMismatch",
                    "The client token " + token + " was used before with other parameters");
        }
        return (T) known.result();
    }

    /** The partition of the account, such as {@code aws-cn}. */
    public String partition() {
        return partition;
    }

    /** ARN of something that AWS itself maintains, such as {@code policy/AmazonEKSClusterPolicy} of {@code iam}. */
    public String awsOwned(String service, String resource) {
        return "arn:" + partition + ":" + service + "::aws:" + resource;
    }

    /** The service principal of EC2, which alone differs between partitions. */
    public String ec2Principal() {
        return partition.equals("aws-cn") ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
    }

    /** Day of the newest node images, such as {@code 20261112}. */
    public String imageDate() {
        return imageDate;
    }

    /** Takes an instance type off the offers of all regions. */
    public void withdraw(String instanceType) {
        withdrawn.add(instanceType);
    }

    /** Whether new machines of an instance type can be had. */
    public boolean sells(String instanceType) {
        return !withdrawn.contains(instanceType);
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
        return "arn:" + partition + ":" + service + ":" + region + ":" + id + ":" + resource;
    }

    /** The role with which EC2 Auto Scaling starts instances. */
    public String autoScalingRole() {
        return arn("iam", "", "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling");
    }
}
