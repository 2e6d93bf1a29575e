// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Page;
import software.amazon.awssdk.services.eks.model.Capability;
import software.amazon.awssdk.services.eks.model.CapabilityStatus;
import software.amazon.awssdk.services.eks.model.CapabilitySummary;
import software.amazon.awssdk.services.eks.model.CreateCapabilityRequest;
import software.amazon.awssdk.services.eks.model.CreateCapabilityResponse;
import software.amazon.awssdk.services.eks.model.DeleteCapabilityRequest;
import software.amazon.awssdk.services.eks.model.DeleteCapabilityResponse;
import software.amazon.awssdk.services.eks.model.ListCapabilitiesRequest;
import software.amazon.awssdk.services.eks.model.ListCapabilitiesResponse;

/** Capabilities of EKS, such as managed Argo CD, which the AWS provider never creates. Active and deleted immediately. */
final class Capabilities {
    private final Eks eks;

    Capabilities(Eks eks) {
        this.eks = eks;
    }

    CreateCapabilityResponse createCapability(CreateCapabilityRequest r) {
        eks.requireActive(r.clusterName());
        String key = r.clusterName() + "/" + r.capabilityName();
        Capability capability = eks.capabilities.put(
                key,
                Capability.builder()
                        .clusterName(r.clusterName())
                        .capabilityName(r.capabilityName())
                        .arn(eks.arn("eks", "capability/" + key))
                        .type(r.type())
                        .roleArn(r.roleArn())
                        .status(CapabilityStatus.ACTIVE)
                        .createdAt(eks.account.now())
                        .tags(EksTags.checked(r.tags()))
                        .build());
        return CreateCapabilityResponse.builder().capability(capability).build();
    }

    ListCapabilitiesResponse listCapabilities(ListCapabilitiesRequest r) {
        eks.clusters.get(r.clusterName());
        Page<CapabilitySummary> page = Page.of(
                eks.capabilities
                        .where(c -> c.clusterName().equals(r.clusterName()))
                        .map(c -> CapabilitySummary.builder()
                                .capabilityName(c.capabilityName())
                                .arn(c.arn())
                                .type(c.type())
                                .status(c.status())
                                .build())
                        .toList(),
                r.maxResults(),
                r.nextToken(),
                eks.account.pageSize());
        return ListCapabilitiesResponse.builder()
                .capabilities(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteCapabilityResponse deleteCapability(DeleteCapabilityRequest r) {
        String key = r.clusterName() + "/" + r.capabilityName();
        Capability capability = eks.capabilities.get(key);
        eks.capabilities.remove(key);
        return DeleteCapabilityResponse.builder().capability(capability).build();
    }
}
