// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.billing;

import com.google.cloud.billing.v1.CloudCatalogProto;
import com.google.cloud.billing.v1.ListServicesRequest;
import com.google.cloud.billing.v1.ListServicesResponse;
import com.google.cloud.billing.v1.ListSkusRequest;
import com.google.cloud.billing.v1.ListSkusResponse;
import com.google.cloud.billing.v1.Service;
import com.google.cloud.billing.v1.Sku;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.EmulatedService;
import java.util.List;
import java.util.stream.Stream;

/**
 * The public prices of Google Cloud, in US dollars. Whoever has a project with the Cloud Billing API may read them.
 *
 * @see <a href="https://cloud.google.com/billing/docs/reference/rest/v1/services.skus/list">Cloud Billing: services.skus.list</a>
 */
public final class CloudCatalog implements EmulatedService {
    private static final int MOST = 5000;

    private final GcpProject project;

    public CloudCatalog(GcpProject project) {
        this.project = project;
    }

    @Override
    public void serve(Dispatcher dispatcher) {
        dispatcher.serveRest(
                "cloudbilling", Dispatcher.service(CloudCatalogProto.getDescriptor(), "CloudCatalog"), this);
    }

    ListServicesResponse listServices(ListServicesRequest r) {
        List<Service> all =
                Stream.of(Seller.values()).map(CloudCatalog::service).toList();
        Page<Service> page = project.page(all, size(r.getPageSize()), r.getPageToken());
        return ListServicesResponse.newBuilder()
                .addAllServices(page.items())
                .setNextPageToken(GcpProject.next(page))
                .build();
    }

    ListSkusResponse listSkus(ListSkusRequest r) {
        Seller seller = Stream.of(Seller.values())
                .filter(each -> r.getParent().equals("services/" + each.id()))
                .findFirst()
                .orElseThrow(() -> GcpError.notFound("Requested entity was not found."));
        if (!r.getCurrencyCode().isEmpty() && !r.getCurrencyCode().equals("USD")) {
            throw GcpError.invalid("Only prices in USD are emulated, not in " + r.getCurrencyCode() + ".");
        }
        Page<Sku> page = project.page(Skus.of(seller), size(r.getPageSize()), r.getPageToken());
        return ListSkusResponse.newBuilder()
                .addAllSkus(page.items())
                .setNextPageToken(GcpProject.next(page))
                .build();
    }

    private static int size(int asked) {
        if (asked < 0 || asked > MOST) {
            throw GcpError.invalid("The page size must be between 0 and " + MOST + ", not " + asked + ".");
        }
        return asked;
    }

    private static Service service(Seller seller) {
        return Service.newBuilder()
                .setName("services/" + seller.id())
                .setServiceId(seller.id())
                .setDisplayName(seller.displayName())
                .setBusinessEntityName("businessEntities/GCP")
                .build();
    }
}
