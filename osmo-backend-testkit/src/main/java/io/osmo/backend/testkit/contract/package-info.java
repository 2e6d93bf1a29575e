/** What every cloud provider must pass, as JUnit tests to inherit. */
@NullMarked
package io.osmo.backend.testkit.contract;

import org.jspecify.annotations.NullMarked;
