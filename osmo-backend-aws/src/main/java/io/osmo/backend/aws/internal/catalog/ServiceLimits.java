// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.internal.AwsContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.servicequotas.model.ServiceQuota;

/** Limits of an account in a region, as Service Quotas lists them for a service: by code. */
public final class ServiceLimits {
    /** Codes are those of the Service Quotas console, and of the providers for Terraform and Cluster API. */
    public static final String VPCS = "L-F678F1CE";

    public static final String ADDRESSES = "L-0263D0A3";
    public static final String NAT_GATEWAYS_PER_ZONE = "L-FE5A380F";
    public static final String INTERNET_GATEWAYS = "L-A4707A72";

    /** Storage of gp3 volumes in a region, in TiB; a quota of the service {@code ebs}. */
    public static final String GP3_TIB = "L-7A658B76";

    private static final int PAGE = 100;

    private ServiceLimits() {}

    /** @param service such as {@code ec2} */
    public static CompletableFuture<Map<String, Long>> read(AwsContext context, String service) {
        return context.async(
                "servicequotas:ListServiceQuotas",
                () -> context
                        .clients()
                        .serviceQuotas()
                        .listServiceQuotasPaginator(r -> r.serviceCode(service).maxResults(PAGE))
                        .quotas()
                        .stream()
                        .collect(Collectors.toMap(
                                ServiceQuota::quotaCode, quota -> quota.value().longValue(), (one, same) -> one)));
    }
}
