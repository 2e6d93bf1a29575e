// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.services;

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
import com.google.api.serviceusage.v1.ServiceUsageProto;
import com.google.api.serviceusage.v1.State;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsProto;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.LongRunningOperations;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.EmulatedService;
import java.time.Duration;
import java.util.List;

/** Service Usage: which services the project has enabled. */
public final class ServiceUsage implements EmulatedService {
    private static final Duration ENABLE = Duration.ofSeconds(25);
    private static final int MAX_BATCH = 20;
    private static final List<String> KNOWN = List.of(
            "artifactregistry.googleapis.com",
            "cloudbilling.googleapis.com",
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

    /** Types that can be inside the operations. */
    public static final JsonFormat.TypeRegistry PAYLOADS = JsonFormat.TypeRegistry.newBuilder()
            .add(ServiceUsageProto.getDescriptor().getMessageTypes())
            .add(OperationMetadata.getDescriptor())
            .add(ErrorInfo.getDescriptor())
            .build();

    private static final Runnable NOTHING = () -> {};

    private final GcpProject project;
    private final LongRunningOperations operations;

    public ServiceUsage(GcpProject project) {
        this.project = project;
        this.operations = new LongRunningOperations(project);
    }

    @Override
    public void serve(Dispatcher dispatcher) {
        dispatcher.serveRest(
                "serviceusage", Dispatcher.service(ServiceUsageProto.getDescriptor(), "ServiceUsage"), this);
        dispatcher.serveRest(
                "serviceusage", Dispatcher.service(OperationsProto.getDescriptor(), "Operations"), operations);
    }

    Service getService(GetServiceRequest r) {
        return service(ResourceNames.last(r.getName()));
    }

    BatchGetServicesResponse batchGetServices(BatchGetServicesRequest r) {
        if (r.getNamesCount() == 0 || r.getNamesCount() > 30) {
            throw GcpError.invalid("Between 1 and 30 services can be asked for, not " + r.getNamesCount() + ".");
        }
        return BatchGetServicesResponse.newBuilder()
                .addAllServices(r.getNamesList().stream()
                        .map(name -> service(ResourceNames.last(name)))
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
        int size = r.getPageSize() == 0 ? 50 : Math.min(r.getPageSize(), 200);
        Page<Service> page = project.page(found, size, r.getPageToken());
        return ListServicesResponse.newBuilder()
                .addAllServices(page.items())
                .setNextPageToken(GcpProject.next(page))
                .build();
    }

    Operation enableService(EnableServiceRequest r) {
        String name = ResourceNames.last(r.getName());
        service(name);
        return operations.begin(
                "",
                metadata(r.getName()),
                ENABLE,
                () -> {
                    project.enable(List.of(name));
                    return EnableServiceResponse.newBuilder()
                            .setService(service(name))
                            .build();
                },
                NOTHING);
    }

    Operation batchEnableServices(BatchEnableServicesRequest r) {
        if (r.getServiceIdsCount() == 0 || r.getServiceIdsCount() > MAX_BATCH) {
            throw GcpError.invalid(
                    "Between 1 and 20 services can be enabled at once, not " + r.getServiceIdsCount() + ".");
        }
        r.getServiceIdsList().forEach(this::service);
        return operations.begin(
                "",
                metadata(r.getParent()),
                ENABLE,
                () -> {
                    project.enable(r.getServiceIdsList());
                    return BatchEnableServicesResponse.newBuilder()
                            .addAllServices(r.getServiceIdsList().stream()
                                    .map(this::service)
                                    .toList())
                            .build();
                },
                NOTHING);
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
                .setState(project.isEnabled(name) ? State.ENABLED : State.DISABLED)
                .build();
    }
}
