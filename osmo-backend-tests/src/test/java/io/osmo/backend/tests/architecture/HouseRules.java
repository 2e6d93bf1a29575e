// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callConstructor;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.ProviderResource;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Random;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkClient;

/** Time, randomness, threads and output come from one place each. */
class HouseRules {
    /** The only class that knows the machine's clock and starts threads. */
    private static final String SYSTEM_SCHEDULER = "io.osmo.backend.spi.SystemScheduler";

    /** The only class beside it that starts threads: a fixed few, for the HTTP client that all clusters share. */
    private static final String SHARED_HTTP = "io.osmo.backend.kubernetes.internal.client.SharedHttp";

    /** The JVM takes only threads as shutdown hooks, and starts them itself. */
    private static final String SHUTDOWN_HOOK = "io.osmo.backend.verify.internal.probe.ShutdownHook";

    /** The JDK's certificates tell their expiry as a Date, which this class turns into an Instant at once. */
    private static final String CA_BUNDLES = "io.osmo.backend.verify.internal.read.CaBundles";

    /** The only class that writes to the terminal, because a host asked for it by name. */
    private static final String CONSOLE = "io.osmo.backend.Progress";

    @ArchTest
    static final ArchRule time_and_randomness_come_from_the_scheduler = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SYSTEM_SCHEDULER)
            .should(readTimeOrRandomness())
            .because("an apply must run deterministically on virtual time");

    @ArchTest
    static final ArchRule threads_come_from_the_scheduler = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SYSTEM_SCHEDULER)
            .and()
            .haveNameNotMatching(SYSTEM_SCHEDULER.replace(".", "\\.") + "\\$.*")
            .and()
            .doNotHaveFullyQualifiedName(SHARED_HTTP)
            .and()
            .doNotHaveFullyQualifiedName(SHUTDOWN_HOOK)
            .should(startThreads())
            .because("a host bounds the threads in one place");

    @ArchTest
    static final ArchRule nothing_is_printed =
            noClasses().that().doNotHaveFullyQualifiedName(CONSOLE).should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule slf4j_is_the_only_log = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..", "org.apache.log4j..");

    @ArchTest
    static final ArchRule no_exception_without_a_meaning =
            GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule no_old_date = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(CA_BUNDLES)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Date.class);

    @ArchTest
    static final ArchRule no_client_is_static = noFields()
            .that()
            .areStatic()
            .should()
            .haveRawType(JavaClass.Predicates.assignableTo(SdkClient.class)
                    .or(JavaClass.Predicates.assignableTo(KubernetesClient.class)));

    @ArchTest
    static final ArchRule resources_say_what_their_calls_need = classes()
            .that()
            .areAssignableTo(ProviderResource.class)
            .and()
            .areAssignableTo(Resource.class)
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should(have(describe(
                    "a constant NEEDS", type -> type.tryGetField("NEEDS").isPresent())))
            .because("permissions are made of it");

    private static ArchCondition<JavaClass> readTimeOrRandomness() {
        return callMethod(Thread.class, "sleep", long.class)
                .or(callMethod(Thread.class, "sleep", long.class, int.class))
                .or(callMethod(System.class, "currentTimeMillis"))
                .or(callMethod(System.class, "nanoTime"))
                .or(callMethod(Instant.class, "now"))
                .or(callMethod(LocalDate.class, "now"))
                .or(callMethod(LocalDateTime.class, "now"))
                .or(callMethod(OffsetDateTime.class, "now"))
                .or(callMethod(ZonedDateTime.class, "now"))
                .or(callMethod(Clock.class, "systemUTC"))
                .or(callMethod(Clock.class, "systemDefaultZone"))
                .or(callMethod(Math.class, "random"))
                .or(callMethod(UUID.class, "randomUUID"))
                .or(callMethod(ThreadLocalRandom.class, "current"))
                .or(callConstructor(Random.class));
    }

    private static ArchCondition<JavaClass> startThreads() {
        return callConstructor(Thread.class)
                .or(callConstructor(Thread.class, Runnable.class))
                .or(callConstructor(Thread.class, Runnable.class, String.class))
                .or(callConstructor(Timer.class))
                .or(callConstructor(
                        ThreadPoolExecutor.class,
                        int.class,
                        int.class,
                        long.class,
                        TimeUnit.class,
                        BlockingQueue.class))
                .or(callConstructor(
                        ThreadPoolExecutor.class,
                        int.class,
                        int.class,
                        long.class,
                        TimeUnit.class,
                        BlockingQueue.class,
                        ThreadFactory.class))
                .or(callMethod(Executors.class, "newCachedThreadPool"))
                .or(callMethod(Executors.class, "newFixedThreadPool", int.class))
                .or(callMethod(Executors.class, "newSingleThreadExecutor"))
                .or(callMethod(Executors.class, "newSingleThreadScheduledExecutor"))
                .or(callMethod(Executors.class, "newScheduledThreadPool", int.class));
    }
}
