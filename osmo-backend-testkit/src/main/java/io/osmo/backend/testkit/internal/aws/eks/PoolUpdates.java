// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.*;

/** Changes of node groups: size, labels, taints, version. */
final class PoolUpdates {
    private static final Duration CONFIG = Duration.ofSeconds(20);
    private static final Duration SCALE = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Eks eks;
    private final PoolTemplates templates;
    private final PoolMachines instances;
    private final PoolRules rules;

    PoolUpdates(Eks eks, PoolTemplates templates, PoolMachines instances) {
        this.eks = eks;
        this.templates = templates;
        this.instances = instances;
        this.rules = new PoolRules(eks, templates);
    }

    UpdateNodegroupConfigResponse updateNodegroupConfig(UpdateNodegroupConfigRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            String key = r.clusterName() + "/" + r.nodegroupName();
            Nodegroup group = rules.requireActive(key);
            NodegroupScalingConfig scaling = scaling(group.scalingConfig(), r.scalingConfig());
            PoolRules.checkScaling(scaling);
            Map<String, String> labels = labels(group.labels(), r.labels());
            List<Taint> taints = taints(group.taints(), r.taints());
            updating(key);
            List<UpdateParam> params = List.of(
                    Updates.param(UpdateParamType.MIN_SIZE, scaling.minSize()),
                    Updates.param(UpdateParamType.MAX_SIZE, scaling.maxSize()));
            Update update = Updates.begin(eks, key, UpdateType.CONFIG_UPDATE, params, CONFIG, () -> {
                Nodegroup changed = updated(key, g -> {
                    g.scalingConfig(scaling).labels(labels).taints(taints);
                    if (r.updateConfig() != null) {
                        g.updateConfig(r.updateConfig());
                    }
                    if (r.nodeRepairConfig() != null) {
                        g.nodeRepairConfig(r.nodeRepairConfig());
                    }
                });
                resize(changed);
                instances.relabel(changed);
            });
            return UpdateNodegroupConfigResponse.builder().update(update).build();
        });
    }

    private static NodegroupScalingConfig scaling(NodegroupScalingConfig old, @Nullable NodegroupScalingConfig wanted) {
        if (wanted == null) {
            return old;
        }
        return NodegroupScalingConfig.builder()
                .minSize(wanted.minSize() == null ? old.minSize() : wanted.minSize())
                .maxSize(wanted.maxSize() == null ? old.maxSize() : wanted.maxSize())
                .desiredSize(wanted.desiredSize() == null ? old.desiredSize() : wanted.desiredSize())
                .build();
    }

    private static Map<String, String> labels(Map<String, String> old, @Nullable UpdateLabelsPayload change) {
        Map<String, String> labels = new TreeMap<>(old);
        if (change != null) {
            PoolRules.checkLabels(change.addOrUpdateLabels());
            labels.keySet().removeAll(change.removeLabels());
            labels.putAll(change.addOrUpdateLabels());
        }
        return labels;
    }

    private static List<Taint> taints(List<Taint> old, @Nullable UpdateTaintsPayload change) {
        List<Taint> taints = new ArrayList<>(old);
        if (change != null) {
            change.removeTaints().forEach(removed -> taints.removeIf(t -> same(t, removed)));
            change.addOrUpdateTaints().forEach(added -> {
                taints.removeIf(t -> same(t, added));
                taints.add(added);
            });
        }
        return taints;
    }

    private static boolean same(Taint a, Taint b) {
        return a.key().equals(b.key()) && a.effect() == b.effect();
    }

    private void resize(Nodegroup group) {
        NodegroupScalingConfig scaling = group.scalingConfig();
        eks.autoScaling.resize(
                PoolMachines.autoScalingGroup(group), scaling.minSize(), scaling.maxSize(), scaling.desiredSize());
        String key = group.clusterName() + "/" + group.nodegroupName();
        eks.account.after(
                SCALE,
                () -> eks.nodeGroups
                        .find(key)
                        .filter(g -> g.status() == NodegroupStatus.ACTIVE || g.status() == NodegroupStatus.DEGRADED)
                        .ifPresent(g -> scale(key, g)));
    }

    /** Launches or terminates instances. If that is impossible, the group has an issue and EKS retries. */
    private void scale(String key, Nodegroup group) {
        List<Issue> issues = instances
                .scaleTo(group, templates.types(group), group.scalingConfig().desiredSize())
                .or(() -> instances.unableToJoin(group))
                .stream()
                .toList();
        boolean settled = group.status() == NodegroupStatus.ACTIVE || group.status() == NodegroupStatus.DEGRADED;
        NodegroupStatus reached = issues.isEmpty() ? NodegroupStatus.ACTIVE : NodegroupStatus.DEGRADED;
        eks.nodeGroups.update(
                key,
                g -> g.toBuilder()
                        .health(h -> h.issues(issues))
                        .status(settled ? reached : group.status())
                        .build());
        if (!issues.isEmpty()) {
            eks.account.after(RETRY, () -> eks.nodeGroups.find(key).ifPresent(this::resize));
        }
    }

    UpdateNodegroupVersionResponse updateNodegroupVersion(UpdateNodegroupVersionRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            String key = r.clusterName() + "/" + r.nodegroupName();
            Cluster cluster = eks.requireActive(r.clusterName());
            Nodegroup group = rules.requireActive(key);
            String version = rules.checkVersion(r, cluster, group);
            LaunchTemplateSpecification template =
                    r.launchTemplate() == null ? group.launchTemplate() : templates.resolved(r.launchTemplate());
            updating(key);
            Nodegroup wanted = group.toBuilder()
                    .version(version)
                    .releaseVersion(
                            r.releaseVersion() == null
                                    ? Versions.nodeRelease(eks.account, version)
                                    : r.releaseVersion())
                    .launchTemplate(template)
                    .build();
            Update update = Updates.open(
                    eks, key, UpdateType.VERSION_UPDATE, List.of(Updates.param(UpdateParamType.VERSION, version)));
            new PoolRoll(eks, instances, update.id(), wanted, templates.types(wanted), Boolean.TRUE.equals(r.force()))
                    .start();
            return UpdateNodegroupVersionResponse.builder().update(update).build();
        });
    }

    private void updating(String key) {
        eks.nodeGroups.update(
                key, g -> g.toBuilder().status(NodegroupStatus.UPDATING).build());
    }

    private Nodegroup updated(String key, Consumer<Nodegroup.Builder> change) {
        return eks.nodeGroups.update(key, g -> {
            Nodegroup.Builder builder =
                    g.toBuilder().status(NodegroupStatus.ACTIVE).modifiedAt(eks.account.now());
            change.accept(builder);
            return builder.build();
        });
    }
}
