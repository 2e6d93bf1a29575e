// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.eks.model.*;

/**
 * One update of a node group's version or launch template. Batch by batch new nodes are started, then old ones are cordoned, drained and
 * terminated. Pods that do not leave within 15 minutes end the update, unless it is forced: it has failed then, the old nodes that are
 * left stay, and the new ones go as far as they can be drained.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html">EKS: managed node updates</a>
 */
final class PoolRoll {
    /** From the start of new nodes to the drain of old ones. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final Duration POLL = Duration.ofSeconds(20);
    private static final Duration EVICTION = Duration.ofMinutes(15);
    private static final Duration LAUNCH = Duration.ofMinutes(20);
    private static final Duration RETRY = Duration.ofMinutes(1);
    /** From one look at a node that is one too many, and held by its pods, to the next. */
    private static final Duration RECHECK = Duration.ofMinutes(5);

    private final Eks eks;
    private final PoolMachines instances;
    private final String key;
    private final String update;
    /** The group as it is to be. */
    private final Nodegroup wanted;

    private final List<String> types;
    private final boolean force;
    private final int batch;
    private final Deque<Instance> old = new ArrayDeque<>();
    private final List<Instance> leaving = new ArrayList<>();
    /** New nodes for those that are leaving, and those for which others have left. */
    private int coming;

    private int done;
    private Instant begun;

    PoolRoll(Eks eks, PoolMachines instances, String update, Nodegroup wanted, List<String> types, boolean force) {
        this.eks = eks;
        this.instances = instances;
        this.key = wanted.clusterName() + "/" + wanted.nodegroupName();
        this.update = update;
        this.wanted = wanted;
        this.types = types;
        this.force = force;
        this.old.addAll(instances.of(wanted));
        this.batch = batch(wanted, old.size());
        this.begun = eks.account.now();
    }

    private static int batch(Nodegroup group, int size) {
        Integer nodes = group.updateConfig().maxUnavailable();
        return Math.max(1, nodes == null ? size * group.updateConfig().maxUnavailablePercentage() / 100 : nodes);
    }

    void start() {
        eks.account.after(POLL, this::launch);
    }

    private boolean isOver() {
        return eks.nodeGroups
                .find(key)
                .filter(group -> group.status() == NodegroupStatus.UPDATING)
                .isEmpty();
    }

    /** Starts as many new nodes as old ones are to leave next. */
    private void launch() {
        if (isOver()) {
            return;
        }
        if (leaving.isEmpty()) {
            while (leaving.size() < batch && !old.isEmpty()) {
                leaving.add(old.poll());
            }
            coming = leaving.size();
            begun = eks.account.now();
        }
        if (leaving.isEmpty()) {
            succeed();
            return;
        }
        int size = old.size() + leaving.size() + done + coming;
        Optional<Issue> issue = instances.scaleTo(wanted, types, size);
        if (issue.isEmpty()) {
            eks.account.after(START, this::drainFirst);
        } else if (eks.account.now().isBefore(begun.plus(LAUNCH))) {
            eks.account.after(RETRY, this::launch);
        } else {
            fail(
                    ErrorCode.NODE_CREATION_FAILURE,
                    issue.get().message(),
                    issue.get().resourceIds());
        }
    }

    private void drainFirst() {
        begun = eks.account.now();
        drain();
    }

    private void drain() {
        if (isOver()) {
            return;
        }
        boolean late = !eks.account.now().isBefore(begun.plus(EVICTION));
        for (Instance instance : List.copyOf(leaving)) {
            boolean gone = !eks.ec2.instances.has(instance.instanceId());
            if (gone || eks.kubernetes(wanted.clusterName()).drainNode(instance.privateDnsName()) || late && force) {
                if (!gone) {
                    instances.terminate(wanted, instance);
                }
                leaving.remove(instance);
            }
        }
        if (leaving.isEmpty()) {
            done += coming;
            launch();
        } else if (late) {
            fail(
                    ErrorCode.POD_EVICTION_FAILURE,
                    "Reached max retries while trying to evict pods from nodes in node group " + wanted.nodegroupName(),
                    leaving.stream().map(Instance::privateDnsName).toList());
        } else {
            eks.account.after(POLL, this::drain);
        }
    }

    private void succeed() {
        Updates.end(eks, update, UpdateStatus.SUCCESSFUL, List.of());
        settle(group -> group.version(wanted.version())
                .releaseVersion(wanted.releaseVersion())
                .launchTemplate(wanted.launchTemplate()));
    }

    private void fail(ErrorCode code, String message, List<String> resources) {
        Updates.end(
                eks,
                update,
                UpdateStatus.FAILED,
                List.of(ErrorDetail.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .resourceIds(resources)
                        .build()));
        settle(group -> {});
        instances.relabel(eks.nodeGroups.get(key));
        begun = eks.account.now();
        eks.account.after(POLL, this::shrink);
    }

    private void settle(Consumer<Nodegroup.Builder> change) {
        eks.nodeGroups.update(key, group -> {
            Nodegroup.Builder builder =
                    group.toBuilder().status(NodegroupStatus.ACTIVE).modifiedAt(eks.account.now());
            change.accept(builder);
            return builder.build();
        });
    }

    /** Drains new nodes beyond the size of the group, the newest first. */
    private void shrink() {
        Nodegroup group = eks.nodeGroups.find(key).orElse(null);
        if (group == null || group.status() != NodegroupStatus.ACTIVE) {
            return;
        }
        List<Instance> running = instances.of(group);
        if (running.size() <= group.scalingConfig().desiredSize()) {
            return;
        }
        Instance newest = running.get(running.size() - 1);
        if (eks.kubernetes(group.clusterName()).drainNode(newest.privateDnsName())) {
            instances.terminate(group, newest);
            begun = eks.account.now();
        }
        boolean late = !eks.account.now().isBefore(begun.plus(EVICTION));
        eks.account.after(late ? RECHECK : POLL, this::shrink);
    }
}
