"""People whom accounts may not look up, and the records that came near."""

import ceasefire.access.sealing.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0012_consent"),
    ]

    operations = [
        migrations.CreateModel(
            name='DeclaredInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_with', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Binds each sealed value to this row.', unique=True)),
                ('relation', models.CharField(choices=[('self', 'Myself'), ('partner', 'Partner, or a former one'), ('family', 'Family'), ('household', 'Lives in my home'), ('friend', 'Close friend'), ('other', 'Somebody else whom I should not look up')], max_length=9)),
                ('name', ceasefire.access.sealing.fields.SealedTextField(room='aggregate')),
                ('address', ceasefire.access.sealing.fields.SealedTextField(blank=True, null=True, room='aggregate')),
                ('words', models.PositiveSmallIntegerField(help_text='How many words the name has.')),
                ('declared_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record_key', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.recordkey')),
            ],
            options={
                'ordering': ['-declared_at', '-id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('words__gte', 1)), name='declared_name_has_a_word'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InterestFlag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('record', models.CharField(max_length=120)),
                ('found', models.CharField(choices=[('name', 'the whole name'), ('like', 'a name like it'), ('surname', 'a surname'), ('address', 'the address'), ('reviewer', 'said by the reviewer'), ('take_back', 'wishes to take a declaration back')], max_length=9)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decision', models.CharField(blank=True, choices=[('closed', 'This account may not open it'), ('open', 'This account may open it')], default='', max_length=6)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('because', models.TextField(blank=True, default='')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [
                    models.UniqueConstraint(fields=('account', 'record'), name='one_flag_per_record'),
                    models.CheckConstraint(condition=models.Q(('record__regex', '^[a-z0-9_]+\\.[a-z0-9_]+:[1-9][0-9]{0,17}$')), name='flag_names_a_record'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), models.Q(('because', ''), _negated=True)), _connector='OR'), name='decided_flag_says_why'),
                    models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('account')), _negated=True), _connector='OR'), name='flag_is_decided_by_somebody_else'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InterestToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(db_index=True)),
                ('word', models.PositiveSmallIntegerField()),
                ('near', models.CharField(choices=[('same', 'the same word'), ('like', 'a word like it'), ('address', 'the whole address')], max_length=7)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='access.declaredinterest')),
                ('record_key', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.recordkey')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
