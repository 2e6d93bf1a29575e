// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.eks.model.*;

/** Access entries and their policies. */
final class AccessEntries {
    private final Eks eks;

    AccessEntries(Eks eks) {
        this.eks = eks;
    }

    static AccessEntry entry(Eks eks, String cluster, String principal, String type, Map<String, String> tags) {
        String path = principal.substring(principal.lastIndexOf(':') + 1);
        return AccessEntry.builder()
                .clusterName(cluster)
                .principalArn(principal)
                .type(type)
                .username(principal)
                .kubernetesGroups(type.equals("EC2_LINUX") ? List.of("system:nodes") : List.of())
                .accessEntryArn(eks.arn(
                        "eks",
                        "access-entry/" + cluster + "/" + path.substring(0, path.indexOf('/')) + "/"
                                + eks.account.id() + "/" + path.substring(path.lastIndexOf('/') + 1) + "/"
                                + eks.account.uuid()))
                .createdAt(eks.account.now())
                .modifiedAt(eks.account.now())
                .tags(tags)
                .build();
    }

    CreateAccessEntryResponse createAccessEntry(CreateAccessEntryRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            Cluster cluster = eks.requireActive(r.clusterName());
            if (cluster.accessConfig().authenticationMode() == AuthenticationMode.CONFIG_MAP) {
                throw EksErrors.invalidRequest(
                        "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this"
                                + " operation.");
            }
            String account = eks.account.arn("iam", "", "");
            if (!r.principalArn().startsWith("arn:" + eks.account.partition() + ":iam::")
                    || r.principalArn().startsWith(account) && !eks.iam.exists(r.principalArn())) {
                throw EksErrors.invalidParameter("The specified principalArn is invalid: invalid principal.");
            }
            String key = r.clusterName() + "/" + r.principalArn();
            if (eks.accessEntries.has(key)) {
                throw EksErrors.inUse("The specified access entry resource is already in use on this cluster.");
            }
            AccessEntry.Builder entry = entry(
                    eks,
                    r.clusterName(),
                    r.principalArn(),
                    r.type() == null ? "STANDARD" : r.type(),
                    EksTags.checked(r.tags()))
                    .toBuilder();
            if (!r.kubernetesGroups().isEmpty()) {
                entry.kubernetesGroups(r.kubernetesGroups());
            }
            if (r.username() != null) {
                entry.username(r.username());
            }
            return CreateAccessEntryResponse.builder()
                    .accessEntry(eks.accessEntries.put(key, entry.build()))
                    .build();
        });
    }

    DescribeAccessEntryResponse describeAccessEntry(DescribeAccessEntryRequest r) {
        eks.clusters.get(r.clusterName());
        return DescribeAccessEntryResponse.builder()
                .accessEntry(eks.accessEntries.get(r.clusterName() + "/" + r.principalArn()))
                .build();
    }

    ListAccessEntriesResponse listAccessEntries(ListAccessEntriesRequest r) {
        eks.clusters.get(r.clusterName());
        List<String> principals = eks.accessEntries
                .where(e -> e.clusterName().equals(r.clusterName()))
                .map(AccessEntry::principalArn)
                .filter(p -> r.associatedPolicyArn() == null
                        || policies(r.clusterName(), p).stream()
                                .anyMatch(a -> a.policyArn().equals(r.associatedPolicyArn())))
                .toList();
        Page<String> page = Page.of(principals, r.maxResults(), r.nextToken(), eks.account.pageSize());
        return ListAccessEntriesResponse.builder()
                .accessEntries(page.items())
                .nextToken(page.next())
                .build();
    }

    UpdateAccessEntryResponse updateAccessEntry(UpdateAccessEntryRequest r) {
        String key = r.clusterName() + "/" + r.principalArn();
        return UpdateAccessEntryResponse.builder()
                .accessEntry(eks.accessEntries.update(key, e -> {
                    AccessEntry.Builder entry = e.toBuilder().modifiedAt(eks.account.now());
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
        eks.clusters.get(r.clusterName());
        eks.accessEntries.get(key);
        eks.accessEntries.remove(key);
        eks.accessPolicies.remove(key);
        return DeleteAccessEntryResponse.builder().build();
    }

    AssociateAccessPolicyResponse associateAccessPolicy(AssociateAccessPolicyRequest r) {
        String key = r.clusterName() + "/" + r.principalArn();
        AccessEntry entry = eks.accessEntries.get(key);
        if (!r.policyArn().startsWith(eks.account.awsOwned("eks", "cluster-access-policy/"))) {
            throw EksErrors.invalidParameter("The policyArn parameter format is not valid: " + r.policyArn());
        }
        if (!entry.type().equals("STANDARD")) {
            throw EksErrors.invalidRequest(
                    "Access policies can be associated with access entries of type STANDARD only");
        }
        List<AssociatedAccessPolicy> held = eks.accessPolicies.computeIfAbsent(key, k -> new ArrayList<>());
        held.removeIf(p -> p.policyArn().equals(r.policyArn()));
        AssociatedAccessPolicy policy = AssociatedAccessPolicy.builder()
                .policyArn(r.policyArn())
                .accessScope(r.accessScope())
                .associatedAt(eks.account.now())
                .modifiedAt(eks.account.now())
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
        eks.accessEntries.get(key);
        if (!eks.accessPolicies
                .getOrDefault(key, new ArrayList<>())
                .removeIf(p -> p.policyArn().equals(r.policyArn()))) {
            throw EksErrors.notFound("The specified policyArn could not be found: " + r.policyArn());
        }
        return DisassociateAccessPolicyResponse.builder().build();
    }

    ListAssociatedAccessPoliciesResponse listAssociatedAccessPolicies(ListAssociatedAccessPoliciesRequest r) {
        eks.clusters.get(r.clusterName());
        eks.accessEntries.get(r.clusterName() + "/" + r.principalArn());
        Page<AssociatedAccessPolicy> page = Page.of(
                policies(r.clusterName(), r.principalArn()), r.maxResults(), r.nextToken(), eks.account.pageSize());
        return ListAssociatedAccessPoliciesResponse.builder()
                .clusterName(r.clusterName())
                .principalArn(r.principalArn())
                .associatedAccessPolicies(page.items())
                .nextToken(page.next())
                .build();
    }

    private List<AssociatedAccessPolicy> policies(String cluster, String principal) {
        return eks.accessPolicies.getOrDefault(cluster + "/" + principal, List.of());
    }
}
