// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.quotas;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import io.osmo.backend.testkit.internal.aws.AwsService;
import java.util.List;
import software.amazon.awssdk.services.servicequotas.model.*;

/** Service Quotas: the limits that the other services enforce. */
public final class ServiceQuotas extends AwsService {
    public ServiceQuotas(AwsAccount account, String region) {
        super(account, region);
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
    }

    GetServiceQuotaResponse getServiceQuota(GetServiceQuotaRequest r) {
        if (!AwsQuotas.defaults().containsKey(r.quotaCode())
                || !AwsQuotas.service(r.quotaCode()).equals(r.serviceCode())) {
            throw AwsErrors.of(
                    NoSuchResourceException.builder(),
                    "ServiceQuotas",
                    400,
                    "NoSuchResourceException",
                    "The request failed because the specified service quota does not exist.");
        }
        return GetServiceQuotaResponse.builder().quota(quota(r.quotaCode())).build();
    }

    ListServiceQuotasResponse listServiceQuotas(ListServiceQuotasRequest r) {
        List<ServiceQuota> found = AwsQuotas.defaults().keySet().stream()
                .filter(code -> AwsQuotas.service(code).equals(r.serviceCode()))
                .sorted()
                .map(this::quota)
                .toList();
        Page<ServiceQuota> page = Page.of(found, r.maxResults(), r.nextToken(), account.pageSize());
        return ListServiceQuotasResponse.builder()
                .quotas(page.items())
                .nextToken(page.next())
                .build();
    }

    private ServiceQuota quota(String code) {
        return ServiceQuota.builder()
                .serviceCode(AwsQuotas.service(code))
                .quotaCode(code)
                .quotaName(AwsQuotas.name(code))
                .value(account.quota(code))
                .unit("None")
                .adjustable(true)
                .globalQuota(false)
                .build();
    }
}
