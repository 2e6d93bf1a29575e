// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.SystemObjects;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.eks.model.*;

/** EKS add-ons, and the objects that they put into the cluster. */
final class EksAddons {
    private static final SystemObjects OBJECTS = new SystemObjects("registry.invalid/eks", 2);

    private final AwsRegion region;
    private final EksAccess access;
    private final EmulatedClusters kubernetes;

    EksAddons(AwsRegion region, EksAccess access, EmulatedClusters kubernetes) {
        this.region = region;
        this.access = access;
        this.kubernetes = kubernetes;
    }

    CreateAddonResponse createAddon(CreateAddonRequest r) {
        return region.account.once("CreateAddon", r.clientRequestToken(), () -> {
            Cluster cluster = EksClusters.requireActive(region, r.clusterName());
            String key = r.clusterName() + "/" + r.addonName();
            if (region.addons.has(key)) {
                throw AwsErrors.eksInUse("Addon already exists.");
            }
            String version = version(r.addonName(), cluster.version(), r.addonVersion());
            List<String> identities = new ArrayList<>();
            String arn =
                    region.arn("eks", "addon/" + r.clusterName() + "/" + r.addonName() + "/" + region.account.uuid());
            for (AddonPodIdentityAssociations wanted : r.podIdentityAssociations()) {
                identities.add(associate(r.clusterName(), r.addonName(), wanted, arn));
            }
            Addon addon = region.addons.put(
                    key,
                    Addon.builder()
                            .addonName(r.addonName())
                            .clusterName(r.clusterName())
                            .addonArn(arn)
                            .addonVersion(version)
                            .status(AddonStatus.CREATING)
                            .createdAt(region.account.now())
                            .modifiedAt(region.account.now())
                            .configurationValues(r.configurationValues())
                            .serviceAccountRoleArn(r.serviceAccountRoleArn())
                            .podIdentityAssociations(identities)
                            .publisher("eks")
                            .owner("aws")
                            .health(AddonHealth.builder().issues(List.of()).build())
                            .tags(r.tags())
                            .build());
            region.account.after(Durations.ADDON, () -> {
                if (region.addons.has(key)) {
                    install(kubernetes.get(EksClusters.kubernetesName(region, r.clusterName())), r.addonName());
                    settle(region, key);
                }
            });
            return CreateAddonResponse.builder().addon(addon).build();
        });
    }

    DescribeAddonResponse describeAddon(DescribeAddonRequest r) {
        region.clusters.get(r.clusterName());
        return DescribeAddonResponse.builder()
                .addon(region.addons.get(r.clusterName() + "/" + r.addonName()))
                .build();
    }

    ListAddonsResponse listAddons(ListAddonsRequest r) {
        region.clusters.get(r.clusterName());
        List<String> names = region.addons
                .where(a -> a.clusterName().equals(r.clusterName()))
                .map(Addon::addonName)
                .toList();
        Page<String> page = Page.of(names, r.maxResults(), r.nextToken(), region.account.pageSize());
        return ListAddonsResponse.builder()
                .addons(page.items())
                .nextToken(page.next())
                .build();
    }

    UpdateAddonResponse updateAddon(UpdateAddonRequest r) {
        return region.account.once("UpdateAddon", r.clientRequestToken(), () -> {
            Cluster cluster = EksClusters.requireActive(region, r.clusterName());
            String key = r.clusterName() + "/" + r.addonName();
            Addon addon = region.addons.get(key);
            if (addon.status() == AddonStatus.UPDATING
                    || addon.status() == AddonStatus.CREATING
                    || addon.status() == AddonStatus.DELETING) {
                throw AwsErrors.eksInUse("Addon " + r.addonName() + " cannot be updated as it is currently in "
                        + addon.statusAsString() + " state");
            }
            String version = r.addonVersion() == null
                    ? addon.addonVersion()
                    : version(r.addonName(), cluster.version(), r.addonVersion());
            List<String> identities = new ArrayList<>(addon.podIdentityAssociations());
            if (r.hasPodIdentityAssociations()) {
                identities.forEach(
                        arn -> region.podIdentities.remove(r.clusterName() + arn.substring(arn.lastIndexOf('/'))));
                identities.clear();
                for (AddonPodIdentityAssociations wanted : r.podIdentityAssociations()) {
                    identities.add(associate(r.clusterName(), r.addonName(), wanted, addon.addonArn()));
                }
            }
            region.addons.update(
                    key, a -> a.toBuilder().status(AddonStatus.UPDATING).build());
            Update update = EksUpdates.begin(
                    region,
                    r.clusterName() + "/addon/" + r.addonName(),
                    UpdateType.ADDON_UPDATE,
                    List.of(EksUpdates.param(UpdateParamType.ADDON_VERSION, version)),
                    Durations.ADDON,
                    () -> {
                        region.addons.updateIfPresent(
                                key,
                                a -> a.toBuilder()
                                        .addonVersion(version)
                                        .configurationValues(
                                                r.configurationValues() == null
                                                        ? a.configurationValues()
                                                        : r.configurationValues())
                                        .podIdentityAssociations(identities)
                                        .modifiedAt(region.account.now())
                                        .build());
                        settle(region, key);
                    });
            return UpdateAddonResponse.builder().update(update).build();
        });
    }

    DeleteAddonResponse deleteAddon(DeleteAddonRequest r) {
        region.clusters.get(r.clusterName());
        String key = r.clusterName() + "/" + r.addonName();
        Addon addon = region.addons.get(key);
        if (addon.status() != AddonStatus.DELETING) {
            region.addons.update(
                    key, a -> a.toBuilder().status(AddonStatus.DELETING).build());
            region.account.after(Durations.ADDON_DELETE, () -> {
                if (!region.addons.has(key)) {
                    return;
                }
                addon.podIdentityAssociations()
                        .forEach(arn ->
                                region.podIdentities.remove(r.clusterName() + arn.substring(arn.lastIndexOf('/'))));
                region.addons.remove(key);
                if (!Boolean.TRUE.equals(r.preserve())) {
                    uninstall(kubernetes.get(EksClusters.kubernetesName(region, r.clusterName())), r.addonName());
                }
            });
        }
        return DeleteAddonResponse.builder().addon(region.addons.get(key)).build();
    }

    /** What runs as a Deployment needs nodes: without any the add-on is degraded until some come. */
    static void settle(AwsRegion region, String key) {
        region.addons.updateIfPresent(key, a -> {
            if (a.status() == AddonStatus.DELETING) {
                return a;
            }
            boolean needsNodes =
                    List.of("coredns", "metrics-server", "aws-ebs-csi-driver").contains(a.addonName());
            boolean nodes = region.instances.any(i -> a.clusterName().equals(EksNodeGroups.clusterOf(region, i)));
            if (needsNodes && !nodes) {
                return a.toBuilder()
                        .status(AddonStatus.DEGRADED)
                        .health(h -> h.issues(AddonIssue.builder()
                                .code(AddonIssueCode.INSUFFICIENT_NUMBER_OF_REPLICAS)
                                .message(
                                        "The add-on is unhealthy because it doesn't have the desired number of replicas.")
                                .build()))
                        .build();
            }
            return a.toBuilder()
                    .status(AddonStatus.ACTIVE)
                    .health(h -> h.issues(List.of()))
                    .modifiedAt(region.account.now())
                    .build();
        });
    }

    private String associate(String cluster, String addon, AddonPodIdentityAssociations wanted, String owner) {
        String namespace = "kube-system";
        PodIdentityAssociation made = access.createPodIdentityAssociation(CreatePodIdentityAssociationRequest.builder()
                        .clusterName(cluster)
                        .namespace(namespace)
                        .serviceAccount(wanted.serviceAccount())
                        .roleArn(wanted.roleArn())
                        .build())
                .association();
        region.podIdentities.update(
                cluster + "/" + made.associationId(),
                p -> p.toBuilder().ownerArn(owner).build());
        return made.associationArn();
    }

    private static String version(String addon, String minor, @org.jspecify.annotations.Nullable String wanted) {
        List<String> offered = EksVersions.addon(addon).versionsFor(minor);
        if (wanted == null) {
            return offered.get(0);
        }
        if (!offered.contains(wanted)) {
            throw AwsErrors.eksInvalidParameter(
                    "Addon version specified is not supported: " + addon + " " + wanted + " on " + minor);
        }
        return wanted;
    }

    /** Puts the objects of an add-on into a cluster, with the names that the real add-ons use. */
    static void install(EmulatedCluster cluster, String addon) {
        switch (addon) {
            case "vpc-cni" -> cluster.put(OBJECTS.daemonSet("aws-node"));
            case "kube-proxy" -> cluster.put(OBJECTS.daemonSet("kube-proxy"));
            case "eks-pod-identity-agent" -> cluster.put(OBJECTS.daemonSet("eks-pod-identity-agent"));
            case "eks-node-monitoring-agent" -> cluster.put(OBJECTS.daemonSet("eks-node-monitoring-agent"));
            case "coredns" -> cluster.put(OBJECTS.deployment("kube-system", "coredns"));
            case "metrics-server" -> {
                cluster.put(OBJECTS.deployment("kube-system", "metrics-server"));
                cluster.put(SystemObjects.metricsApi());
            }
            case "aws-ebs-csi-driver" -> {
                cluster.put(OBJECTS.deployment("kube-system", "ebs-csi-controller"));
                cluster.put(OBJECTS.daemonSet("ebs-csi-node"));
                cluster.put(SystemObjects.csiDriver("ebs.csi.aws.com", true, false));
                cluster.drivers(List.of("ebs.csi.aws.com"));
            }
            case "snapshot-controller" -> cluster.put(OBJECTS.deployment("kube-system", "snapshot-controller"));
            default -> throw new IllegalStateException("no objects known for add-on " + addon);
        }
    }

    private static void uninstall(EmulatedCluster cluster, String addon) {
        switch (addon) {
            case "vpc-cni" -> cluster.remove("DaemonSet", "kube-system", "aws-node");
            case "kube-proxy", "eks-pod-identity-agent", "eks-node-monitoring-agent" ->
                cluster.remove("DaemonSet", "kube-system", addon);
            case "metrics-server" -> {
                cluster.remove("Deployment", "kube-system", addon);
                cluster.remove("APIService", "", "v1beta1.metrics.k8s.io");
            }
            case "aws-ebs-csi-driver" -> {
                cluster.remove("Deployment", "kube-system", "ebs-csi-controller");
                cluster.remove("DaemonSet", "kube-system", "ebs-csi-node");
                cluster.remove("CSIDriver", "", "ebs.csi.aws.com");
                cluster.drivers(List.of());
            }
            default -> cluster.remove("Deployment", "kube-system", addon);
        }
    }
}
