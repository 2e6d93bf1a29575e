/** What the emulated services of a project of Google Cloud share. Each service has a package of its own below this one. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp;

import org.jspecify.annotations.NullMarked;
