// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.spec.Taint;
import java.util.List;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.TaintEffect;

/** Converts taints between the EKS API and this library. */
public final class NodeTaints {
    private NodeTaints() {}

    public static List<Taint> of(Nodegroup group) {
        return group.taints().stream()
                .map(taint -> new Taint(
                        taint.key(),
                        taint.value() == null ? "" : taint.value(),
                        Taint.Effect.valueOf(taint.effectAsString())))
                .toList();
    }

    /** Those that keep pods out which ran without them. */
    static List<String> added(List<Taint> before, List<Taint> after) {
        return after.stream()
                .filter(taint -> taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE && !before.contains(taint))
                .map(Taint::toString)
                .toList();
    }

    static List<software.amazon.awssdk.services.eks.model.Taint> toEks(List<Taint> taints) {
        return taints.stream()
                .map(taint -> software.amazon.awssdk.services.eks.model.Taint.builder()
                        .key(taint.key())
                        .value(taint.value())
                        .effect(TaintEffect.fromValue(taint.effect().name()))
                        .build())
                .toList();
    }
}
