// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.ec2.model.*;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Launch templates and their versions. */
public final class LaunchTemplates {
    private final Ec2 ec2;
    private final Query<LaunchTemplate> query;

    LaunchTemplates(Ec2 ec2) {
        this.ec2 = ec2;
        this.query = new Query<LaunchTemplate>(ec2, "launch-template-id", LaunchTemplate::launchTemplateId)
                .attribute("launch-template-name", LaunchTemplate::launchTemplateName);
    }

    CreateLaunchTemplateResponse createLaunchTemplate(CreateLaunchTemplateRequest r) {
        return ec2.account.once(r, r.clientToken(), () -> {
            if (!r.launchTemplateName().matches("[a-zA-Z0-9().\\-/_]{3,128}")) {
                throw Ec2Errors.of("InvalidLaunchTemplateName.MalformedException", "The name is malformed");
            }
            if (ec2.launchTemplates.any(t -> t.launchTemplateName().equals(r.launchTemplateName()))) {
                throw Ec2Errors.of(
                        "InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
            }
            var tags = ResourceTags.requested("launch-template", r.tagSpecifications());
            String id = ec2.account.newId("lt");
            ec2.tags.put(id, tags);
            LaunchTemplate template = ec2.launchTemplates.put(
                    id,
                    LaunchTemplate.builder()
                            .launchTemplateId(id)
                            .launchTemplateName(r.launchTemplateName())
                            .createTime(ec2.account.now())
                            .createdBy(ec2.account.arn("sts", "", AwsAccount.CALLER))
                            .defaultVersionNumber(1L)
                            .latestVersionNumber(1L)
                            .build());
            List<LaunchTemplateVersion> versions = new ArrayList<>();
            versions.add(version(template, 1, r.versionDescription(), r.launchTemplateData()));
            ec2.launchTemplateVersions.put(id, versions);
            return CreateLaunchTemplateResponse.builder()
                    .launchTemplate(described(template))
                    .build();
        });
    }

    CreateLaunchTemplateVersionResponse createLaunchTemplateVersion(CreateLaunchTemplateVersionRequest r) {
        return ec2.account.once(r, r.clientToken(), () -> {
            LaunchTemplate template = find(r.launchTemplateId(), r.launchTemplateName());
            long number = template.latestVersionNumber() + 1;
            LaunchTemplateVersion version = version(template, number, r.versionDescription(), r.launchTemplateData());
            versions(template).add(version);
            ec2.launchTemplates.update(
                    template.launchTemplateId(),
                    t -> t.toBuilder().latestVersionNumber(number).build());
            return CreateLaunchTemplateVersionResponse.builder()
                    .launchTemplateVersion(version)
                    .build();
        });
    }

    ModifyLaunchTemplateResponse modifyLaunchTemplate(ModifyLaunchTemplateRequest r) {
        LaunchTemplate template = find(r.launchTemplateId(), r.launchTemplateName());
        LaunchTemplateVersion version = version(template, r.defaultVersion());
        return ModifyLaunchTemplateResponse.builder()
                .launchTemplate(described(ec2.launchTemplates.update(
                        template.launchTemplateId(),
                        t -> t.toBuilder()
                                .defaultVersionNumber(version.versionNumber())
                                .build())))
                .build();
    }

    DescribeLaunchTemplatesResponse describeLaunchTemplates(DescribeLaunchTemplatesRequest r) {
        List<String> ids = new ArrayList<>(r.launchTemplateIds());
        r.launchTemplateNames().forEach(name -> ids.add(find(null, name).launchTemplateId()));
        Page<LaunchTemplate> page = query.page(ec2.launchTemplates, ids, r.filters(), r.maxResults(), r.nextToken());
        return DescribeLaunchTemplatesResponse.builder()
                .launchTemplates(page.items().stream().map(this::described).toList())
                .nextToken(page.next())
                .build();
    }

    DescribeLaunchTemplateVersionsResponse describeLaunchTemplateVersions(DescribeLaunchTemplateVersionsRequest r) {
        List<LaunchTemplateVersion> found = new ArrayList<>();
        if (r.launchTemplateId() == null && r.launchTemplateName() == null) {
            if (!List.of("$Latest").equals(r.versions())
                    && !List.of("$Default").equals(r.versions())
                    && r.versions().size() != 2) {
                throw Ec2Errors.of(
                        "MissingParameter", "Without a launch template only $Latest and $Default can be asked for");
            }
            ec2.launchTemplates.all().forEach(t -> r.versions().forEach(v -> found.add(version(t, v))));
        } else {
            LaunchTemplate template = find(r.launchTemplateId(), r.launchTemplateName());
            if (r.versions().isEmpty()) {
                found.addAll(versions(template));
            } else {
                r.versions().forEach(v -> found.add(version(template, v)));
            }
        }
        Page<LaunchTemplateVersion> page = Page.of(found, r.maxResults(), r.nextToken(), ec2.account.pageSize());
        return DescribeLaunchTemplateVersionsResponse.builder()
                .launchTemplateVersions(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteLaunchTemplateResponse deleteLaunchTemplate(DeleteLaunchTemplateRequest r) {
        LaunchTemplate template = find(r.launchTemplateId(), r.launchTemplateName());
        ec2.launchTemplates.remove(template.launchTemplateId());
        ec2.launchTemplateVersions.remove(template.launchTemplateId());
        ec2.tags.remove(template.launchTemplateId());
        return DeleteLaunchTemplateResponse.builder().launchTemplate(template).build();
    }

    DeleteLaunchTemplateVersionsResponse deleteLaunchTemplateVersions(DeleteLaunchTemplateVersionsRequest r) {
        LaunchTemplate template = find(r.launchTemplateId(), r.launchTemplateName());
        for (String number : r.versions()) {
            LaunchTemplateVersion version = version(template, number);
            if (version.versionNumber().equals(template.defaultVersionNumber())) {
                throw Ec2Errors.of("InvalidLaunchTemplateVersion", "The default version cannot be deleted");
            }
            versions(template).remove(version);
        }
        return DeleteLaunchTemplateVersionsResponse.builder().build();
    }

    private LaunchTemplate find(@Nullable String id, @Nullable String name) {
        return find(ec2, id, name);
    }

    /** Whether there is a template with this id. */
    public static boolean exists(Ec2 ec2, String id) {
        return ec2.launchTemplates.has(id);
    }

    public static LaunchTemplate find(Ec2 ec2, @Nullable String id, @Nullable String name) {
        if (id != null) {
            return ec2.launchTemplates.get(id);
        }
        return ec2.launchTemplates
                .where(t -> t.launchTemplateName().equals(name))
                .findFirst()
                .orElseThrow(() -> Ec2Errors.of(
                        "InvalidLaunchTemplateName.NotFoundException",
                        "The specified launch template, with template name " + name + ", does not exist."));
    }

    private List<LaunchTemplateVersion> versions(LaunchTemplate template) {
        return ec2.launchTemplateVersions.computeIfAbsent(template.launchTemplateId(), id -> new ArrayList<>());
    }

    private LaunchTemplateVersion version(LaunchTemplate template, String wanted) {
        return version(ec2, template, wanted);
    }

    public static LaunchTemplateVersion version(Ec2 ec2, LaunchTemplate template, String wanted) {
        String number = switch (wanted) {
            case "$Latest" -> String.valueOf(template.latestVersionNumber());
            case "$Default" -> String.valueOf(template.defaultVersionNumber());
            default -> wanted;
        };
        return ec2.launchTemplateVersions.getOrDefault(template.launchTemplateId(), List.of()).stream()
                .filter(v -> number.equals(String.valueOf(v.versionNumber())))
                .findFirst()
                .map(v -> v.toBuilder()
                        .defaultVersion(v.versionNumber().equals(template.defaultVersionNumber()))
                        .build())
                .orElseThrow(() -> Ec2Errors.of(
                        "InvalidLaunchTemplateId.VersionNotFound",
                        "Could not find the specified version " + wanted + " for the launch template with ID "
                                + template.launchTemplateId() + "."));
    }

    private LaunchTemplateVersion version(
            LaunchTemplate template, long number, @Nullable String description, RequestLaunchTemplateData data) {
        return LaunchTemplateVersion.builder()
                .launchTemplateId(template.launchTemplateId())
                .launchTemplateName(template.launchTemplateName())
                .versionNumber(number)
                .versionDescription(description)
                .defaultVersion(number == 1)
                .createTime(ec2.account.now())
                .createdBy(template.createdBy())
                .launchTemplateData((ResponseLaunchTemplateData) copy(data, ResponseLaunchTemplateData.builder()))
                .build();
    }

    /** Copies data to the response's type, which has the same members as the request's. */
    private static Object copy(SdkPojo from, SdkPojo to) {
        for (SdkField<?> target : to.sdkFields()) {
            for (SdkField<?> source : from.sdkFields()) {
                Object value = source.getValueOrDefault(from);
                if (source.memberName().equals(target.memberName()) && value != null) {
                    target.set(to, convert(value, target));
                }
            }
        }
        return ((SdkBuilder<?, ?>) to).build();
    }

    private static Object convert(Object value, SdkField<?> target) {
        if (value instanceof SdkPojo pojo) {
            return copy(pojo, target.constructor().get());
        }
        if (value instanceof List<?> list) {
            SdkField<?> member = target.getTrait(ListTrait.class).memberFieldInfo();
            return list.stream().map(item -> convert(item, member)).toList();
        }
        return value instanceof Map<?, ?> map ? Map.copyOf(map) : value;
    }

    private LaunchTemplate described(LaunchTemplate template) {
        return template.toBuilder()
                .tags(ec2.tags.of(template.launchTemplateId()))
                .build();
    }
}
