// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.error.ProviderNotFoundException;
import io.osmo.backend.fake.FakeCloud;
import io.osmo.backend.fake.FakeProvider;
import io.osmo.backend.spi.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    private final FakeProvider fake = new FakeProvider(new FakeCloud(VirtualTime.create()));

    @Test
    void a_given_provider_is_found_by_its_id() {
        assertThat(Providers.discover(List.of(fake)).require("fake")).isSameAs(fake);
        assertThat(Providers.discover(List.of(fake)).all()).containsExactly(fake);
    }

    @Test
    void an_unknown_provider_is_named_with_what_was_found_and_what_to_add() {
        assertThatExceptionOfType(ProviderNotFoundException.class)
                .isThrownBy(() -> Providers.discover(List.of(fake)).require("aws"))
                .withMessage("no provider 'aws' on the class path; found: fake")
                .satisfies(e -> assertThat(e.remedy()).contains("io.osmo.backend:osmo-backend-aws"))
                .satisfies(e -> assertThat(e.found()).containsExactly("fake"));
        assertThatExceptionOfType(ProviderNotFoundException.class)
                .isThrownBy(() -> Providers.discover(List.of()).require("oracle"))
                .withMessage("no provider 'oracle' on the class path; found: none")
                .satisfies(e -> assertThat(e.remedy()).contains("aws, azure, existing, gcp"));
    }

    /** Merging jars without their registrations is the most common reason for a provider that is there and not found. */
    @Test
    void a_class_that_is_there_without_its_registration_is_told_as_such() {
        assertThat(Providers.missing("osmo-backend-aws", FakeProvider.class.getName()))
                .contains(
                        FakeProvider.class.getName() + " is there", "META-INF/services", "ServicesResourceTransformer");
        assertThat(Providers.missing("osmo-backend-aws", "io.osmo.backend.aws.NoSuchProvider"))
                .isEqualTo("Add the Maven artifact io.osmo.backend:osmo-backend-aws.");
    }

    @Test
    void two_providers_of_one_id_are_refused() {
        assertThatExceptionOfType(ProviderNotFoundException.class)
                .isThrownBy(
                        () -> Providers.discover(List.of(fake, new FakeProvider(new FakeCloud(VirtualTime.create())))))
                .withMessageContaining("two providers claim the id 'fake'");
    }
}
