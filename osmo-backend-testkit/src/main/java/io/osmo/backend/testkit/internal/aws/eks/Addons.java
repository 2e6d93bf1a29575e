// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.*;

/** Add-ons. */
final class Addons {
    private static final Duration CHANGE = Duration.ofSeconds(50);
    private static final Duration DELETE = Duration.ofSeconds(20);
    /** Add-ons that run as Deployments. */
    private static final List<String> NEED_NODES = List.of("coredns", "metrics-server", "aws-ebs-csi-driver");

    private final Eks eks;
    private final PodIdentities podIdentities;

    Addons(Eks eks, PodIdentities podIdentities) {
        this.eks = eks;
        this.podIdentities = podIdentities;
    }

    CreateAddonResponse createAddon(CreateAddonRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            Cluster cluster = eks.requireActive(r.clusterName());
            String key = r.clusterName() + "/" + r.addonName();
            if (eks.addons.has(key)) {
                throw EksErrors.inUse("Addon already exists.");
            }
            String version = version(r.addonName(), cluster.version(), r.addonVersion());
            List<String> identities = new ArrayList<>();
            String arn = eks.arn("eks", "addon/" + r.clusterName() + "/" + r.addonName() + "/" + eks.account.uuid());
            for (AddonPodIdentityAssociations wanted : r.podIdentityAssociations()) {
                identities.add(associate(r.clusterName(), r.addonName(), wanted, arn));
            }
            Addon addon = eks.addons.put(
                    key,
                    Addon.builder()
                            .addonName(r.addonName())
                            .clusterName(r.clusterName())
                            .addonArn(arn)
                            .addonVersion(version)
                            .status(AddonStatus.CREATING)
                            .createdAt(eks.account.now())
                            .modifiedAt(eks.account.now())
                            .configurationValues(r.configurationValues())
                            .serviceAccountRoleArn(r.serviceAccountRoleArn())
                            .podIdentityAssociations(identities)
                            .publisher("eks")
                            .owner("aws")
                            .health(AddonHealth.builder().issues(List.of()).build())
                            .tags(EksTags.checked(r.tags()))
                            .build());
            eks.account.after(CHANGE, () -> {
                if (eks.addons.has(key)) {
                    AddonObjects.install(eks.kubernetes(r.clusterName()), r.addonName());
                    settle(eks, key);
                }
            });
            return CreateAddonResponse.builder().addon(addon).build();
        });
    }

    DescribeAddonResponse describeAddon(DescribeAddonRequest r) {
        eks.clusters.get(r.clusterName());
        return DescribeAddonResponse.builder()
                .addon(eks.addons.get(r.clusterName() + "/" + r.addonName()))
                .build();
    }

    ListAddonsResponse listAddons(ListAddonsRequest r) {
        eks.clusters.get(r.clusterName());
        List<String> names = eks.addons
                .where(a -> a.clusterName().equals(r.clusterName()))
                .map(Addon::addonName)
                .toList();
        Page<String> page = Page.of(names, r.maxResults(), r.nextToken(), eks.account.pageSize());
        return ListAddonsResponse.builder()
                .addons(page.items())
                .nextToken(page.next())
                .build();
    }

    UpdateAddonResponse updateAddon(UpdateAddonRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            Cluster cluster = eks.requireActive(r.clusterName());
            String key = r.clusterName() + "/" + r.addonName();
            Addon addon = eks.addons.get(key);
            if (addon.status() == AddonStatus.UPDATING
                    || addon.status() == AddonStatus.CREATING
                    || addon.status() == AddonStatus.DELETING) {
                throw EksErrors.inUse("Addon " + r.addonName() + " cannot be updated as it is currently in "
                        + addon.statusAsString() + " state");
            }
            String version = r.addonVersion() == null
                    ? addon.addonVersion()
                    : version(r.addonName(), cluster.version(), r.addonVersion());
            List<String> identities = new ArrayList<>(addon.podIdentityAssociations());
            if (r.hasPodIdentityAssociations()) {
                identities.forEach(
                        arn -> eks.podIdentities.remove(r.clusterName() + arn.substring(arn.lastIndexOf('/'))));
                identities.clear();
                for (AddonPodIdentityAssociations wanted : r.podIdentityAssociations()) {
                    identities.add(associate(r.clusterName(), r.addonName(), wanted, addon.addonArn()));
                }
            }
            eks.addons.update(
                    key, a -> a.toBuilder().status(AddonStatus.UPDATING).build());
            Update update = Updates.begin(
                    eks,
                    r.clusterName() + "/addon/" + r.addonName(),
                    UpdateType.ADDON_UPDATE,
                    List.of(Updates.param(UpdateParamType.ADDON_VERSION, version)),
                    CHANGE,
                    () -> {
                        eks.addons.updateIfPresent(
                                key,
                                a -> a.toBuilder()
                                        .addonVersion(version)
                                        .configurationValues(
                                                r.configurationValues() == null
                                                        ? a.configurationValues()
                                                        : r.configurationValues())
                                        .podIdentityAssociations(identities)
                                        .modifiedAt(eks.account.now())
                                        .build());
                        settle(eks, key);
                    });
            return UpdateAddonResponse.builder().update(update).build();
        });
    }

    DeleteAddonResponse deleteAddon(DeleteAddonRequest r) {
        eks.clusters.get(r.clusterName());
        String key = r.clusterName() + "/" + r.addonName();
        Addon addon = eks.addons.get(key);
        if (addon.status() != AddonStatus.DELETING) {
            eks.addons.update(
                    key, a -> a.toBuilder().status(AddonStatus.DELETING).build());
            eks.account.after(DELETE, () -> {
                if (!eks.addons.has(key)) {
                    return;
                }
                addon.podIdentityAssociations()
                        .forEach(
                                arn -> eks.podIdentities.remove(r.clusterName() + arn.substring(arn.lastIndexOf('/'))));
                eks.addons.remove(key);
                if (!Boolean.TRUE.equals(r.preserve())) {
                    AddonObjects.uninstall(eks.kubernetes(r.clusterName()), r.addonName());
                }
            });
        }
        return DeleteAddonResponse.builder().addon(eks.addons.get(key)).build();
    }

    /** Ends a change: the add-on is active, or degraded if it needs nodes and there are none. */
    static void settle(Eks eks, String key) {
        eks.addons.updateIfPresent(key, a -> {
            if (a.status() == AddonStatus.DELETING) {
                return a;
            }
            if (NEED_NODES.contains(a.addonName()) && !eks.hasNodes(a.clusterName())) {
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
                    .modifiedAt(eks.account.now())
                    .build();
        });
    }

    private String associate(String cluster, String addon, AddonPodIdentityAssociations wanted, String owner) {
        String namespace = "kube-system";
        PodIdentityAssociation made = podIdentities
                .createPodIdentityAssociation(CreatePodIdentityAssociationRequest.builder()
                        .clusterName(cluster)
                        .namespace(namespace)
                        .serviceAccount(wanted.serviceAccount())
                        .roleArn(wanted.roleArn())
                        .build())
                .association();
        eks.podIdentities.update(
                cluster + "/" + made.associationId(),
                p -> p.toBuilder().ownerArn(owner).build());
        return made.associationArn();
    }

    private static String version(String addon, String minor, @Nullable String wanted) {
        List<String> offered = Versions.addon(addon).versionsFor(minor);
        if (wanted == null) {
            return offered.get(0);
        }
        if (!offered.contains(wanted)) {
            throw EksErrors.invalidParameter(
                    "Addon version specified is not supported: " + addon + " " + wanted + " on " + minor);
        }
        return wanted;
    }
}
