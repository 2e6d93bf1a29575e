// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.api.serviceusage.v1.BatchEnableServicesRequest;
import com.google.api.serviceusage.v1.BatchEnableServicesResponse;
import com.google.api.serviceusage.v1.BatchGetServicesRequest;
import com.google.api.serviceusage.v1.BatchGetServicesResponse;
import com.google.api.serviceusage.v1.EnableServiceRequest;
import com.google.api.serviceusage.v1.EnableServiceResponse;
import com.google.api.serviceusage.v1.GetServiceRequest;
import com.google.api.serviceusage.v1.ListServicesRequest;
import com.google.api.serviceusage.v1.ListServicesResponse;
import com.google.api.serviceusage.v1.OperationMetadata;
import com.google.api.serviceusage.v1.Service;
import com.google.api.serviceusage.v1.ServiceConfig;
import com.google.api.serviceusage.v1.State;
import com.google.longrunning.Operation;
import io.osmo.backend.testkit.internal.Page;
import java.util.List;

/** Which services the project uses. */
final class EmulatedServices {
    private static final int MAX_BATCH = 20;
    private static final List<String> KNOWN = List.of(
            "artifactregistry.googleapis.com",
            "cloudkms.googleapis.com",
            "cloudresourcemanager.googleapis.com",
            "compute.googleapis.com",
            "container.googleapis.com",
            "gkebackup.googleapis.com",
            "iam.googleapis.com",
            "iamcredentials.googleapis.com",
            "logging.googleapis.com",
            "monitoring.googleapis.com",
            "serviceusage.googleapis.com",
            "storage.googleapis.com");

    private final GcpProject project;
    private final LongRunning operations;

    EmulatedServices(GcpProject project, LongRunning operations) {
        this.project = project;
        this.operations = operations;
    }

    Service getService(GetServiceRequest r) {
        return service(ComputeResources.nameOf(r.getName()));
    }

    BatchGetServicesResponse batchGetServices(BatchGetServicesRequest r) {
        if (r.getNamesCount() == 0 || r.getNamesCount() > 30) {
            throw GcpError.invalid("Between 1 and 30 services can be asked for, not " + r.getNamesCount() + ".");
        }
        return BatchGetServicesResponse.newBuilder()
                .addAllServices(r.getNamesList().stream()
                        .map(name -> service(ComputeResources.nameOf(name)))
                        .toList())
                .build();
    }

    ListServicesResponse listServices(ListServicesRequest r) {
        List<Service> found = KNOWN.stream()
                .map(this::service)
                .filter(s -> switch (r.getFilter()) {
                    case "" -> true;
                    case "state:ENABLED" -> s.getState() == State.ENABLED;
                    case "state:DISABLED" -> s.getState() == State.DISABLED;
                    default -> throw GcpError.invalid("The filter must be state:ENABLED or state:DISABLED.");
                })
                .toList();
        Page<Service> page = Page.of(
                found,
                r.getPageSize() == 0 ? 50 : Math.min(r.getPageSize(), 200),
                r.getPageToken().isEmpty() ? null : r.getPageToken(),
                project.pageSize());
        ListServicesResponse.Builder response =
                ListServicesResponse.newBuilder().addAllServices(page.items());
        if (page.next() != null) {
            response.setNextPageToken(page.next());
        }
        return response.build();
    }

    Operation enableService(EnableServiceRequest r) {
        String name = ComputeResources.nameOf(r.getName());
        service(name);
        return operations.begin("", metadata(r.getName()), Durations.SERVICE_ENABLE, () -> {
            project.disabledServices.remove(name);
            return EnableServiceResponse.newBuilder().setService(service(name)).build();
        });
    }

    Operation batchEnableServices(BatchEnableServicesRequest r) {
        if (r.getServiceIdsCount() == 0 || r.getServiceIdsCount() > MAX_BATCH) {
            throw GcpError.invalid(
                    "Between 1 and 20 services can be enabled at once, not " + r.getServiceIdsCount() + ".");
        }
        r.getServiceIdsList().forEach(this::service);
        return operations.begin("", metadata(r.getParent()), Durations.SERVICE_ENABLE, () -> {
            project.disabledServices.removeAll(r.getServiceIdsList());
            return BatchEnableServicesResponse.newBuilder()
                    .addAllServices(
                            r.getServiceIdsList().stream().map(this::service).toList())
                    .build();
        });
    }

    private static OperationMetadata metadata(String resource) {
        return OperationMetadata.newBuilder().addResourceNames(resource).build();
    }

    private Service service(String name) {
        if (!KNOWN.contains(name)) {
            throw GcpError.denied("Not found or permission denied for service(s): " + name + ".");
        }
        String parent = "projects/" + project.number();
        return Service.newBuilder()
                .setName(parent + "/services/" + name)
                .setParent(parent)
                .setConfig(ServiceConfig.newBuilder().setName(name))
                .setState(project.disabledServices.contains(name) ? State.DISABLED : State.ENABLED)
                .build();
    }
}
