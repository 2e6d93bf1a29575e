// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsTags;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.provider.SpecPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rules for the labels and taints of a pool as those of a node group, and for the tags that its auto scaling groups get: those of the
 * spec and the autoscaler's hints, one for each label and taint.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html">EKS: CreateNodegroup</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html">EC2 Auto Scaling: tags</a>
 */
final class GroupTagRules {
    /** Longest key and value of a label, and key of a taint. Kubernetes takes longer keys, EKS does not. */
    private static final int LONGEST = 63;

    private static final String RESERVED = "eks.amazonaws.com/";

    /** Backend, region, manager and resource. */
    private static final int OURS = 4;

    /** {@code eks:cluster-name}, {@code eks:nodegroup-name}, {@code kubernetes.io/cluster/NAME}. */
    private static final int OF_EKS = 3;

    private GroupTagRules() {}

    static List<Violation> validate(BackendSpec spec) {
        EksSettings settings = EksSettings.of(spec.settings());
        boolean hints = settings.autoscaler() != Autoscaler.NONE && settings.offers(EksFeature.AUTO_SCALING_GROUPS);
        return SpecPaths.eachPool(spec, (pool, path) -> {
            List<Violation> violations = new ArrayList<>();
            pool.labels()
                    .forEach((key, value) -> label(SpecPaths.entry(path + ".labels", key), key, value, violations));
            for (int i = 0; i < pool.taints().size(); i++) {
                Taint taint = pool.taints().get(i);
                tooLong(path + ".taints[" + i + "].key", "key", taint.key(), violations);
            }
            if (hints) {
                room(spec, pool, path, violations);
            }
            return violations;
        });
    }

    private static void label(String path, String key, String value, List<Violation> violations) {
        tooLong(path, "key", key, violations);
        if (key.startsWith(RESERVED)) {
            violations.add(Requirement.CN_1.violation(
                    path, key, "keys that do not begin with " + RESERVED + ", which EKS sets", "Choose another key."));
        }
        if (value.isEmpty()) {
            violations.add(Requirement.CN_1.violation(
                    path,
                    "no value",
                    "a value of 1 to " + LONGEST + " characters in EKS",
                    "Give a value such as true."));
        }
    }

    private static void tooLong(String path, String part, String text, List<Violation> violations) {
        if (text.length() > LONGEST) {
            violations.add(Requirement.CN_1.violation(
                    path,
                    text,
                    "a " + part + " of at most " + LONGEST + " characters in EKS, its prefix included",
                    "Shorten the " + part + "."));
        }
    }

    private static void room(BackendSpec spec, NodePool pool, String path, List<Violation> violations) {
        boolean oneZone = pool.role() == PoolRole.GPU || pool.zones().size() == 1;
        Map<String, String> hints = AsgTags.hints(
                spec.name(), pool, oneZone ? List.of("") : List.of(), pool.role() == PoolRole.GPU ? 1 : 0);
        int all = spec.tags().size() + hints.size() + OURS + OF_EKS;
        if (all > AwsTags.MOST) {
            violations.add(Requirement.CN_2.violation(
                    path,
                    all + " tags of its auto scaling group: " + spec.tags().size() + " of the spec, " + hints.size()
                            + " by which Cluster Autoscaler knows labels, taints and sizes, " + (OURS + OF_EKS)
                            + " for its ownership",
                    "at most " + AwsTags.MOST,
                    "Remove " + (all - AwsTags.MOST)
                            + " of the tags of the spec, or of the labels and taints of the pool."));
        }
    }
}
