// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.eks.model.*;

/** Access entries, access policies and pod identity associations. */
final class EksAccess {
    private final AwsRegion region;
    private final EmulatedIam iam;

    EksAccess(AwsRegion region, EmulatedIam iam) {
        this.region = region;
        this.iam = iam;
    }

    static AccessEntry entry(
            AwsRegion region, String cluster, String principal, String type, Map<String, String> tags) {
        String path = principal.substring(principal.lastIndexOf(':') + 1);
        return AccessEntry.builder()
                .clusterName(cluster)
                .principalArn(principal)
                .type(type)
                .username(principal)
                .kubernetesGroups(type.equals("EC2_LINUX") ? List.of("system:nodes") : List.of())
                .accessEntryArn(region.arn(
                        "eks",
                        "access-entry/" + cluster + "/" + path.substring(0, path.indexOf('/')) + "/"
                                + region.account.id() + "/" + path.substring(path.lastIndexOf('/') + 1) + "/"
                                + region.account.uuid()))
                .createdAt(region.account.now())
                .modifiedAt(region.account.now())
                .tags(tags)
                .build();
    }

    CreateAccessEntryResponse createAccessEntry(CreateAccessEntryRequest r) {
        return region.account.once("CreateAccessEntry", r.clientRequestToken(), () -> {
            Cluster cluster = EksClusters.requireActive(region, r.clusterName());
            if (cluster.accessConfig().authenticationMode() == AuthenticationMode.CONFIG_MAP) {
                throw AwsErrors.eksInvalidRequest(
                        "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this"
                                + " operation.");
            }
            if (!r.principalArn().startsWith("arn:aws:iam::")) {
                throw AwsErrors.eksInvalidParameter("The specified principalArn is invalid: invalid principal.");
            }
            String key = r.clusterName() + "/" + r.principalArn();
            if (region.accessEntries.has(key)) {
                throw AwsErrors.eksInUse("The specified access entry resource is already in use on this cluster.");
            }
            AccessEntry.Builder entry =
                    entry(region, r.clusterName(), r.principalArn(), r.type() == null ? "STANDARD" : r.type(), r.tags())
                            .toBuilder();
            if (!r.kubernetesGroups().isEmpty()) {
                entry.kubernetesGroups(r.kubernetesGroups());
            }
            if (r.username() != null) {
                entry.username(r.username());
            }
            return CreateAccessEntryResponse.builder()
                    .accessEntry(region.accessEntries.put(key, entry.build()))
                    .build();
        });
    }

    DescribeAccessEntryResponse describeAccessEntry(DescribeAccessEntryRequest r) {
        region.clusters.get(r.clusterName());
        return DescribeAccessEntryResponse.builder()
                .accessEntry(region.accessEntries.get(r.clusterName() + "/" + r.principalArn()))
                .build();
    }

    ListAccessEntriesResponse listAccessEntries(ListAccessEntriesRequest r) {
        region.clusters.get(r.clusterName());
        List<String> principals = region.accessEntries
                .where(e -> e.clusterName().equals(r.clusterName()))
                .map(AccessEntry::principalArn)
                .filter(p -> r.associatedPolicyArn() == null
                        || policies(r.clusterName(), p).stream()
                                .anyMatch(a -> a.policyArn().equals(r.associatedPolicyArn())))
                .toList();
        Page<String> page = Page.of(principals, r.maxResults(), r.nextToken(), region.account.pageSize());
        return ListAccessEntriesResponse.builder()
                .accessEntries(page.items())
                .nextToken(page.next())
                .build();
    }

    UpdateAccessEntryResponse updateAccessEntry(UpdateAccessEntryRequest r) {
        String key = r.clusterName() + "/" + r.principalArn();
        return UpdateAccessEntryResponse.builder()
                .accessEntry(region.accessEntries.update(key, e -> {
                    AccessEntry.Builder entry = e.toBuilder().modifiedAt(region.account.now());
                    if (r.hasKubernetesGroups()) {
                        entry.kubernetesGroups(r.kubernetesGroups());
                    }
                    if (r.username() != null) {
                        entry.username(r.username());
                    }
                    return entry.build();
                }))
                .build();
    }

    DeleteAccessEntryResponse deleteAccessEntry(DeleteAccessEntryRequest r) {
        String key = r.clusterName() + "/" + r.principalArn();
        region.clusters.get(r.clusterName());
        region.accessEntries.get(key);
        region.accessEntries.remove(key);
        region.accessPolicies.remove(key);
        return DeleteAccessEntryResponse.builder().build();
    }

    AssociateAccessPolicyResponse associateAccessPolicy(AssociateAccessPolicyRequest r) {
        String key = r.clusterName() + "/" + r.principalArn();
        AccessEntry entry = region.accessEntries.get(key);
        if (!r.policyArn().startsWith("arn:aws:eks::aws:cluster-access-policy/")) {
            throw AwsErrors.eksInvalidParameter("The policyArn parameter format is not valid: " + r.policyArn());
        }
        if (!entry.type().equals("STANDARD")) {
            throw AwsErrors.eksInvalidRequest(
                    "Access policies can be associated with access entries of type STANDARD only");
        }
        List<AssociatedAccessPolicy> held = region.accessPolicies.computeIfAbsent(key, k -> new ArrayList<>());
        held.removeIf(p -> p.policyArn().equals(r.policyArn()));
        AssociatedAccessPolicy policy = AssociatedAccessPolicy.builder()
                .policyArn(r.policyArn())
                .accessScope(r.accessScope())
                .associatedAt(region.account.now())
                .modifiedAt(region.account.now())
                .build();
        held.add(policy);
        return AssociateAccessPolicyResponse.builder()
                .clusterName(r.clusterName())
                .principalArn(r.principalArn())
                .associatedAccessPolicy(policy)
                .build();
    }

    DisassociateAccessPolicyResponse disassociateAccessPolicy(DisassociateAccessPolicyRequest r) {
        String key = r.clusterName() + "/" + r.principalArn();
        region.accessEntries.get(key);
        if (!region.accessPolicies
                .getOrDefault(key, new ArrayList<>())
                .removeIf(p -> p.policyArn().equals(r.policyArn()))) {
            throw AwsErrors.eksNotFound("The specified policyArn could not be found: " + r.policyArn());
        }
        return DisassociateAccessPolicyResponse.builder().build();
    }

    ListAssociatedAccessPoliciesResponse listAssociatedAccessPolicies(ListAssociatedAccessPoliciesRequest r) {
        region.clusters.get(r.clusterName());
        region.accessEntries.get(r.clusterName() + "/" + r.principalArn());
        Page<AssociatedAccessPolicy> page = Page.of(
                policies(r.clusterName(), r.principalArn()), r.maxResults(), r.nextToken(), region.account.pageSize());
        return ListAssociatedAccessPoliciesResponse.builder()
                .clusterName(r.clusterName())
                .principalArn(r.principalArn())
                .associatedAccessPolicies(page.items())
                .nextToken(page.next())
                .build();
    }

    CreatePodIdentityAssociationResponse createPodIdentityAssociation(CreatePodIdentityAssociationRequest r) {
        return region.account.once("CreatePodIdentityAssociation", r.clientRequestToken(), () -> {
            EksClusters.requireActive(region, r.clusterName());
            boolean good = iam.assumable(r.roleArn(), region.account.now())
                    .filter(role -> EmulatedIam.trusts(role, "pods.eks.amazonaws.com"))
                    .isPresent();
            if (!good) {
                throw AwsErrors.eksInvalidParameter("Trust policy of role " + r.roleArn()
                        + " does not allow pods.eks.amazonaws.com, or the role does not" + " exist");
            }
            if (region.podIdentities.any(p -> p.clusterName().equals(r.clusterName())
                    && p.namespace().equals(r.namespace())
                    && p.serviceAccount().equals(r.serviceAccount()))) {
                throw AwsErrors.eksInUse("Association already exists for service account " + r.serviceAccount()
                        + " in namespace " + r.namespace());
            }
            String id = "a-" + region.account.hex(17);
            PodIdentityAssociation association = PodIdentityAssociation.builder()
                    .clusterName(r.clusterName())
                    .namespace(r.namespace())
                    .serviceAccount(r.serviceAccount())
                    .roleArn(r.roleArn())
                    .associationId(id)
                    .associationArn(region.arn("eks", "podidentityassociation/" + r.clusterName() + "/" + id))
                    .createdAt(region.account.now())
                    .modifiedAt(region.account.now())
                    .disableSessionTags(Boolean.TRUE.equals(r.disableSessionTags()))
                    .tags(r.tags())
                    .build();
            region.podIdentities.put(r.clusterName() + "/" + id, association);
            return CreatePodIdentityAssociationResponse.builder()
                    .association(association)
                    .build();
        });
    }

    DescribePodIdentityAssociationResponse describePodIdentityAssociation(DescribePodIdentityAssociationRequest r) {
        region.clusters.get(r.clusterName());
        return DescribePodIdentityAssociationResponse.builder()
                .association(region.podIdentities.get(r.clusterName() + "/" + r.associationId()))
                .build();
    }

    ListPodIdentityAssociationsResponse listPodIdentityAssociations(ListPodIdentityAssociationsRequest r) {
        region.clusters.get(r.clusterName());
        List<PodIdentityAssociationSummary> found = region.podIdentities
                .where(p -> p.clusterName().equals(r.clusterName())
                        && (r.namespace() == null || r.namespace().equals(p.namespace()))
                        && (r.serviceAccount() == null || r.serviceAccount().equals(p.serviceAccount())))
                .map(p -> PodIdentityAssociationSummary.builder()
                        .clusterName(p.clusterName())
                        .namespace(p.namespace())
                        .serviceAccount(p.serviceAccount())
                        .associationArn(p.associationArn())
                        .associationId(p.associationId())
                        .ownerArn(p.ownerArn())
                        .build())
                .toList();
        Page<PodIdentityAssociationSummary> page =
                Page.of(found, r.maxResults(), r.nextToken(), region.account.pageSize());
        return ListPodIdentityAssociationsResponse.builder()
                .associations(page.items())
                .nextToken(page.next())
                .build();
    }

    UpdatePodIdentityAssociationResponse updatePodIdentityAssociation(UpdatePodIdentityAssociationRequest r) {
        String key = r.clusterName() + "/" + r.associationId();
        return UpdatePodIdentityAssociationResponse.builder()
                .association(region.podIdentities.update(
                        key,
                        p -> p.toBuilder()
                                .roleArn(r.roleArn() == null ? p.roleArn() : r.roleArn())
                                .modifiedAt(region.account.now())
                                .build()))
                .build();
    }

    DeletePodIdentityAssociationResponse deletePodIdentityAssociation(DeletePodIdentityAssociationRequest r) {
        String key = r.clusterName() + "/" + r.associationId();
        region.clusters.get(r.clusterName());
        PodIdentityAssociation gone = region.podIdentities.get(key);
        region.podIdentities.remove(key);
        return DeletePodIdentityAssociationResponse.builder().association(gone).build();
    }

    private List<AssociatedAccessPolicy> policies(String cluster, String principal) {
        return region.accessPolicies.getOrDefault(cluster + "/" + principal, List.of());
    }
}
