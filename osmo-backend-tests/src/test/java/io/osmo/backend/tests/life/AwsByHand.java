// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.aws.AwsClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.eks.model.NodegroupScalingConfig;

/** What people do to an EKS backend in the console. */
final class AwsByHand {
    private static final String MARK = "osmo-backend";

    private final AwsClients clients;

    AwsByHand(AwsClients clients) {
        this.clients = clients;
    }

    List<CloudUnderTest.ByHand> all() {
        return List.of(
                of("delete node group", this::deleteNodeGroup),
                of("scale node group", this::scaleNodeGroup),
                of("disable key", this::disableKey),
                of("schedule key", this::scheduleKey),
                of("strip tags", this::stripTags),
                of("foreign node group", this::foreignNodeGroup),
                of("delete addon", this::deleteAddon),
                of("delete nat gateway", this::deleteNatGateway),
                of("detach policies", this::detachPolicies),
                of("channel move", this::channelMove));
    }

    /** What the service refuses is not done. */
    private static CloudUnderTest.ByHand of(String name, CloudUnderTest.Trial what) {
        return new CloudUnderTest.ByHand(name, (backend, random) -> {
            try {
                return what.tryOn(backend, random);
            } catch (SdkException refused) {
                return Optional.empty();
            }
        });
    }

    private static <T> Optional<T> any(List<T> list, Random random) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
    }

    /** What is not found any more needs no taking back: EC2 and EKS say so in their codes. */
    private static Optional<CloudUnderTest.Undo> undo(Runnable call) {
        return Optional.of(() -> {
            try {
                call.run();
                return true;
            } catch (AwsServiceException refused) {
                return refused.awsErrorDetails().errorCode().contains("NotFound");
            }
        });
    }

    private Optional<String> nodeGroup(String backend, Random random) {
        return any(clients.eks().listNodegroups(r -> r.clusterName(backend)).nodegroups(), random);
    }

    private Optional<CloudUnderTest.Deed> deleteNodeGroup(String backend, Random random) {
        return nodeGroup(backend, random).map(group -> {
            clients.eks().deleteNodegroup(r -> r.clusterName(backend).nodegroupName(group));
            return CloudUnderTest.Deed.done("delete node group " + group);
        });
    }

    private Optional<CloudUnderTest.Deed> scaleNodeGroup(String backend, Random random) {
        return nodeGroup(backend, random).map(group -> {
            int nodes = 1 + random.nextInt(3);
            clients.eks()
                    .updateNodegroupConfig(r -> r.clusterName(backend)
                            .nodegroupName(group)
                            .scalingConfig(NodegroupScalingConfig.builder()
                                    .minSize(0)
                                    .maxSize(4)
                                    .desiredSize(nodes)
                                    .build()));
            return CloudUnderTest.Deed.done("scale node group " + group + " to " + nodes);
        });
    }

    private List<String> keys(String backend) {
        List<String> keys = new ArrayList<>();
        clients.kms().listKeys().keys().forEach(key -> {
            boolean ours = clients.kms().listResourceTags(r -> r.keyId(key.keyId())).tags().stream()
                    .anyMatch(tag -> tag.tagKey().equals(MARK) && tag.tagValue().equals(backend));
            if (ours) {
                keys.add(key.keyId());
            }
        });
        return keys;
    }

    private Optional<CloudUnderTest.Deed> disableKey(String backend, Random random) {
        return any(keys(backend), random).map(key -> {
            clients.kms().disableKey(r -> r.keyId(key));
            return CloudUnderTest.Deed.done("disable key " + key);
        });
    }

    private Optional<CloudUnderTest.Deed> scheduleKey(String backend, Random random) {
        return any(keys(backend), random).map(key -> {
            clients.kms().scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(30));
            return CloudUnderTest.Deed.done("schedule deletion of key " + key);
        });
    }

    private Optional<CloudUnderTest.Deed> stripTags(String backend, Random random) {
        List<String> ours =
                clients
                        .ec2()
                        .describeTags(r -> r.filters(
                                Filter.builder().name("key").values(MARK).build()))
                        .tags()
                        .stream()
                        .filter(tag -> tag.value().equals(backend))
                        .map(TagDescription::resourceId)
                        .toList();
        return any(ours, random).map(id -> {
            List<Tag> tags = clients
                    .ec2()
                    .describeTags(r -> r.filters(
                            Filter.builder().name("resource-id").values(id).build()))
                    .tags()
                    .stream()
                    .map(tag -> Tag.builder().key(tag.key()).value(tag.value()).build())
                    .toList();
            clients.ec2().deleteTags(r -> r.resources(id).tags(tags));
            return new CloudUnderTest.Deed(
                    "strip tags of " + id,
                    Optional.empty(),
                    undo(() -> clients.ec2().createTags(r -> r.resources(id).tags(tags))));
        });
    }

    private Optional<CloudUnderTest.Deed> foreignNodeGroup(String backend, Random random) {
        return nodeGroup(backend, random).map(ours -> {
            var like = clients.eks()
                    .describeNodegroup(r -> r.clusterName(backend).nodegroupName(ours))
                    .nodegroup();
            String name = "somebodys-" + random.nextInt(1000);
            clients.eks()
                    .createNodegroup(r -> r.clusterName(backend)
                            .nodegroupName(name)
                            .nodeRole(like.nodeRole())
                            .subnets(like.subnets())
                            .scalingConfig(s -> s.minSize(0).maxSize(1).desiredSize(0)));
            return new CloudUnderTest.Deed(
                    "create node group " + name,
                    Optional.of(name),
                    undo(() -> clients.eks()
                            .deleteNodegroup(r -> r.clusterName(backend).nodegroupName(name))));
        });
    }

    private Optional<CloudUnderTest.Deed> deleteAddon(String backend, Random random) {
        return any(clients.eks().listAddons(r -> r.clusterName(backend)).addons(), random)
                .map(addon -> {
                    clients.eks().deleteAddon(r -> r.clusterName(backend).addonName(addon));
                    return CloudUnderTest.Deed.done("delete add-on " + addon);
                });
    }

    private Optional<CloudUnderTest.Deed> deleteNatGateway(String backend, Random random) {
        return any(
                        clients.ec2()
                                .describeNatGateways(r -> r.filter(Filter.builder()
                                        .name("tag:" + MARK)
                                        .values(backend)
                                        .build()))
                                .natGateways(),
                        random)
                .map(gateway -> {
                    clients.ec2().deleteNatGateway(r -> r.natGatewayId(gateway.natGatewayId()));
                    return CloudUnderTest.Deed.done("delete NAT gateway " + gateway.natGatewayId());
                });
    }

    private Optional<CloudUnderTest.Deed> detachPolicies(String backend, Random random) {
        return any(
                        clients.iam().listRoles(r -> {}).roles().stream()
                                .filter(role ->
                                        clients.iam().listRoleTags(r -> r.roleName(role.roleName())).tags().stream()
                                                .anyMatch(tag -> tag.key().equals(MARK)
                                                        && tag.value().equals(backend)))
                                .toList(),
                        random)
                .map(role -> {
                    clients.iam()
                            .listAttachedRolePolicies(r -> r.roleName(role.roleName()))
                            .attachedPolicies()
                            .forEach(policy -> clients.iam()
                                    .detachRolePolicy(
                                            r -> r.roleName(role.roleName()).policyArn(policy.policyArn())));
                    return CloudUnderTest.Deed.done("detach policies of role " + role.roleName());
                });
    }

    /** EKS upgrades a cluster itself at the end of support. */
    private Optional<CloudUnderTest.Deed> channelMove(String backend, Random random) {
        List<String> versions = AwsUnderTest.FACTS.versions();
        String now =
                clients.eks().describeCluster(r -> r.name(backend)).cluster().version();
        int next = versions.indexOf(now) + 1;
        if (next == 0 || next >= versions.size()) {
            return Optional.empty();
        }
        clients.eks().updateClusterVersion(r -> r.name(backend).version(versions.get(next)));
        return Optional.of(CloudUnderTest.Deed.done("EKS moves the cluster to " + versions.get(next)));
    }
}
